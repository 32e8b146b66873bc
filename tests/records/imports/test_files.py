"""Files of every sort become tables, or are refused with a reason; nothing of them is lost without a word."""

import io
import struct
import zipfile
import zlib
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from records.imports import limits
from records.imports.errors import FileRefused
from records.imports.formats import named, of_file
from records.imports.settings import FileSettings
from records.imports.table import Row, Table
from tests.records.imports.conftest import workbook


def table(content: str | bytes, **settings: Any) -> Table:
    data = content.encode() if isinstance(content, str) else content
    asked = FileSettings(**settings)
    reader = named(asked.format) if asked.format else of_file(data, "file")
    return reader.table(data, asked)[0]


def cells(found: Table) -> list[list[Any]]:
    return [row.cells for row in found.rows]


def refusal(content: str | bytes, **settings: Any) -> FileRefused:
    with pytest.raises(FileRefused) as caught:
        list(table(content, **settings).rows)
    assert caught.value.message
    return caught.value


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_any_delimiter(mark: str) -> None:
    found = table(
        f"name{mark}city{mark}note\nAegean Optics{mark}Patras{mark}a b\nX{mark}Y{mark}Z\n"
    )
    assert found.headings == ("name", "city", "note")
    assert cells(found) == [["Aegean Optics", "Patras", "a b"], ["X", "Y", "Z"]]


def test_commas_in_quotes_do_not_make_a_delimiter() -> None:
    found = table('name;address\n"A, B, C";"1, High Street, Town"\n"D, E";"2, Low Street"\n')
    assert found.headings == ("name", "address")


GREEK = "Επωνυμία;Πόλη;Σχόλια\r\nΑίγλη Οπτικά;Αθήνα;καλός πελάτης\r\nΛάμψη ΑΕ;Θεσσαλονίκη;νέος\r\n"
POLISH = (
    "Nazwa;Miasto;Uwagi\r\nZażółć gęślą jaźń;Łódź;stały klient\r\nŚwiątek i syn;Gdańsk;nowy\r\n"
)
ROMANIAN = (
    "Denumire;Oraş;Observaţii\r\nÎnălţime SRL;Iaşi;client vechi\r\nŢesătoria;Bucureşti;nou\r\n"
)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (GREEK, "utf-8"),
        (GREEK, "utf-8-sig"),
        (GREEK, "utf-16"),
        (GREEK, "utf-16-le"),
        (GREEK, "utf-32"),
        (GREEK, "cp1253"),
        (POLISH, "cp1250"),
        (POLISH, "utf-16-be"),
        (ROMANIAN, "cp1250"),
    ],
    ids=lambda each: each if len(each) < 20 else "",
)
def test_any_encoding(text: str, encoding: str) -> None:
    found = table(text.encode(encoding))
    assert list(found.headings) == text.splitlines()[0].split(";")
    assert cells(found) == [line.split(";") for line in text.splitlines()[1:]]


def test_an_encoding_that_does_not_fit_is_refused_by_line() -> None:
    refused = refusal(POLISH.encode("cp1250"), encoding="utf-8")
    assert refused.code == "encoding"
    assert "2" in refused.message
    assert refusal(b"a,b\n1,2\n", encoding="no-such").code == "encoding"
    assert refusal(b"a,b\n1,2\n", encoding="base64").code == "encoding"


@pytest.mark.parametrize("content", ["", "\n \n\r\n", "\ufeff", ";;;\n;;;\n", b"\x00\x00\x00"])
def test_an_empty_file_is_refused(content: str | bytes) -> None:
    assert refusal(content, format="csv").code == "empty"


def test_headings_without_rows_are_refused() -> None:
    assert refusal("name,city\n").code == "no_rows"
    assert refusal(workbook(["name", "city"])).code == "no_rows"
    assert refusal('[{"name": ""}]').code == "no_rows"


def test_repeated_and_missing_headings_get_names_of_their_own() -> None:
    found = table("Phone,phone,,Phone (2),name\n1,2,3,4,5\n")
    assert found.headings == ("Phone", "phone (2)", "Column C", "Phone (2) (2)", "name")
    assert found.repeated == ("phone",)


def test_titles_above_the_headings_are_passed_over() -> None:
    found = table("Customers of 2025,,\n,,\nname,city,phone\nA,B,1\n")
    assert (found.headings, found.heading_row) == (("name", "city", "phone"), 3)
    assert cells(table("1,2\n3,4\n", heading_row=0)) == [["1", "2"], ["3", "4"]]
    assert table("1,2\n3,4\n", heading_row=0).headings == ("Column A", "Column B")


def test_blank_lines_are_left_out_and_rows_keep_their_numbers() -> None:
    found = list(table("name,city\n\nA,B\n,\n  , \nC,D\n").rows)
    assert [(row.number, row.cells) for row in found] == [(3, ["A", "B"]), (6, ["C", "D"])]


def test_ragged_rows_are_filled_up_or_told() -> None:
    short, long, padded = table("a,b\n1\n1,2,3,4\n1,2,,\n").rows
    assert (short.cells, short.troubles) == (["1", None], ())
    assert long.cells == ["1", "2", "3", "4"]
    assert "2" in long.troubles[0]
    assert (padded.cells, padded.troubles) == (["1", "2"], ())


def test_a_cell_of_a_megabyte_is_told_and_cut() -> None:
    (row,) = table("name,note\nA," + "x" * 1_000_000 + "\n").rows
    assert len(row.cells[1]) <= limits.KEPT_OF_A_CELL + 1
    assert "1000000" in row.troubles[0]


def test_a_quotation_mark_that_is_never_closed_is_refused_by_row() -> None:
    refused = refusal('name,city\nA,B\n"C,D\nE,F\n')
    assert refused.code == "quotes"
    assert "2" in refused.message


def test_too_many_columns_or_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    wide = ",".join(f"c{i}" for i in range(400))
    assert refusal(f"{wide}\n{wide}\n").code == "too_wide"
    monkeypatch.setattr("records.imports.table.MAX_ROWS", 3)
    assert refusal("a,b\n" + "1,2\n" * 4).code == "too_long"


def test_cells_of_a_workbook_keep_their_meaning() -> None:
    content = workbook(
        ["text", "whole", "part", "day", "moment", "clock", "span", "yes"],
        ["007", 5, 2.5, date(2026, 1, 31), datetime(2026, 1, 31, 14, 30), time(9, 5), timedelta(hours=30), True],
    )  # fmt: skip
    assert cells(table(content)) == [
        ["007", 5, 2.5, "2026-01-31", "2026-01-31 14:30:00", "09:05:00", "30:00:00", True]
    ]


def test_formulas_without_results_and_errors_in_cells_are_told() -> None:
    def spoil(sheet: Any) -> None:
        sheet["B2"] = "=1+1"
        sheet["A3"].value, sheet["A3"].data_type = "#REF!", "e"

    first, second, third = table(
        workbook(["a", "b"], ["x", ""], ["", "y"], ["z", "w"], change=spoil)
    ).rows
    assert first.troubles[0].startswith("B:")
    assert second.troubles[0].startswith("A:")
    assert "#REF!" in second.troubles[0]
    assert third.troubles == ()


def test_merged_and_blank_lines_of_a_workbook() -> None:
    def merge(sheet: Any) -> None:
        sheet.merge_cells("A1:C1")
        sheet.merge_cells("A4:A5")

    content = workbook(
        ["Report", None, None],
        ["name", "city", "n"],
        [],
        ["A", "B", 1],
        [None, "C", 2],
        change=merge,
    )
    found = table(content)
    assert found.headings == ("name", "city", "n")
    assert [(row.number, row.cells) for row in found.rows] == [
        (4, ["A", "B", 1]),
        (5, [None, "C", 2]),
    ]


def test_a_sheet_by_name() -> None:
    refused = refusal(workbook(["a"], ["1"]), sheet="Nowhere")
    assert refused.code == "no_sheet"
    assert "Sheet" in refused.message


def bomb(size: int, declared: int | None = None) -> bytes:
    """A workbook whose sheet unpacks to `size` bytes, and says that it is `declared` bytes long."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b" " * size)
    content = stream.getvalue()
    if declared is not None:
        content = content.replace(struct.pack("<L", size), struct.pack("<L", declared))
    return content


def test_a_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("records.imports.formats.workbook.MAX_UNPACKED", 20_000_000)
    content = bomb(50_000_000)
    assert len(content) < 200_000
    assert refusal(content).code == "bomb"
    assert refusal(bomb(50_000_000, declared=1000)).code == "workbook"


def test_what_is_no_table_is_refused() -> None:
    assert refusal(b"PK\x03\x04 but not a zip").code == "workbook"
    assert refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600).code == "old_workbook"
    assert refusal(b"%PDF-1.7\n...").code == "format"
    assert refusal(zlib.compress(b"x") + b"\x00" * 100, format="csv") is not None


def test_json_lists_lines_and_wrapped_lists() -> None:
    expected = [["A", {"city": "X"}, None], ["B", None, [1, 2]]]
    objects = '{"name": "A", "address": {"city": "X"}}, {"name": "B", "tags": [1, 2]}'
    for text in (
        f"[{objects}]",
        f'{{"count": 2, "records": [{objects}]}}',
        objects.replace("}, {", "}\n{"),
    ):
        found = table(text)
        assert found.headings == ("name", "address", "tags")
        assert cells(found) == expected


@pytest.mark.parametrize(
    "text", ["[1, 2]", "{", '[{"a": NaN}]', '["x"]', "[" * 100_000, '[{"a": 1}, 2]']
)
def test_json_that_is_no_table_is_refused(text: str) -> None:
    assert refusal(text).code == "json"


def test_sheets_never_run_anything_and_read_back_as_they_were() -> None:
    texts = [
        "=1+1",
        "@x",
        "+cmd|' /C calc'!A0",
        "-2+3",
        "-12.5",
        "+30 210 1234567",
        "'=x",
        "'quoted'",
        "plain",
    ]
    data = named("csv").create_dataset(("a\n" + "\n".join(["x"] * len(texts))).encode())
    data.wipe()
    data.headers = ["a"]
    for text in texts:
        data.append([text])
    exported = named("csv").export_data(data)
    assert not any(line.startswith(("=", "@", "+cmd", "-2+3")) for line in exported.splitlines())
    assert cells(table(exported)) == [[text] for text in texts]
    book = named("xlsx").export_data(data)
    with zipfile.ZipFile(io.BytesIO(book)) as packed:
        assert b"<f>" not in packed.read("xl/worksheets/sheet1.xml")
    assert cells(table(book)) == [[text] for text in texts]


def test_a_dataset_as_django_import_export_asks_for_it() -> None:
    data = named("csv").create_dataset(b"a;b\n1;2\n")
    assert (list(data.headers), data[0]) == (["a", "b"], ("1", "2"))


def test_rows_are_rows() -> None:
    assert list(table("a\n1\n").rows) == [Row(2, ["1"], ())]
