"""What is proposed for a file: by headings in any language, and by what stands in the columns."""

import pytest

from records.access import Access
from records.imports import sniffing
from records.imports.guessing import guess
from records.imports.mapping import ImportMapping
from records.imports.profile import profile_of
from records.imports.settings import FileSettings
from tests import company as small
from tests.cast import Cast, create


def proposed(text: str, type_key: str, cast: Cast) -> ImportMapping:
    access = Access.of(cast.administrator)
    profile, _settings = profile_of(text.encode(), "file.csv", FileSettings())
    return guess(profile, access.snapshot.types[type_key], access)


def placed(mapping: ImportMapping) -> dict[str, str]:
    return {column.column: column.field for column in mapping.columns}


@pytest.mark.parametrize(
    "headings",
    ["name,code,sector,headcount", "Name,CODE,Sector,Head count", "Company name,ID,Industry,Number of employees",
     "Denumire,Cod,Domeniu,Angajați", "Επωνυμία,Κωδικός,Κλάδος,Εργαζόμενοι", "Nazwa firmy,Symbol,Branża,Pracownicy"],
)  # fmt: skip
def test_headings_in_any_language(cast: Cast, headings: str) -> None:
    found = proposed(f"{headings}\nAegean,A1,it,5\nBoreas,B2,retail,7\n", "organisation", cast)
    assert list(placed(found).values()) == ["name", "code", "sector", "headcount"]
    assert (found.match, found.mode) == (("code",), "both")


def test_labels_that_the_company_gave(cast: Cast) -> None:
    raw = small.organisation()
    raw["fields"].append(
        small.field("x1", "date", labels={"en": "Customer since", "el": "Πελάτης από"})
    )
    small.publish(raw)
    found = proposed("name,Πελάτης από\nA,31/12/2025\nB,1/2/2025\n", "organisation", cast)
    assert placed(found) == {"name": "name", "Πελάτης από": "x1"}
    assert found.date_order == "dmy"


def test_values_tell_where_headings_do_not(cast: Cast) -> None:
    found = proposed("surname,contact\nPop,ana@example.com\nIon,ion@example.com\n", "person", cast)
    assert placed(found) == {"surname": "family_name", "contact": "email"}


def test_values_that_contradict_a_heading_count(cast: Cast) -> None:
    found = proposed("name,close date\nA,soon\nB,later\nC,never\n", "deal", cast)
    assert placed(found) == {"name": "name"}


def test_links_by_what_they_point_at(cast: Cast) -> None:
    create("organisation", cast.owner, name="Aegean")
    found = proposed("name,organisation,owner\nA,Aegean,owner\n", "deal", cast)
    assert placed(found) == {"name": "name", "organisation": "customer", "owner": "owner"}


def test_an_export_of_the_same_type_finds_its_records_again(cast: Cast) -> None:
    known = create("organisation", cast.owner, name="Aegean")
    found = proposed(f"id,title,name\n{known},Aegean,Aegean\n", "organisation", cast)
    assert placed(found) == {"id": "id", "name": "name"}
    assert (found.match, found.mode) == (("id",), "update")
    foreign = proposed("id,name\n17,Aegean\n", "organisation", cast)
    assert foreign.match != ("id",)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["10/20/2016", "3/1/2017"], ("mdy", True)),
        (["20.10.2016", "1.3.2017"], ("dmy", True)),
        (["2016-10-20"], ("ymd", True)),
        (["1/2/2017", "3/4/2017"], (None, False)),
        (["20/1/2017", "1/20/2017", "2/20/2017"], ("mdy", False)),
        (["x", ""], (None, False)),
    ],
)
def test_the_order_of_dates(values: list[str], expected: tuple[str | None, bool]) -> None:
    found = sniffing.date_order(values)
    assert (found.value, found.certain) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (["1100.04", "5"], (".", True)),
        (["1.234,50 €", "7"], (",", True)),
        (["1,234.50"], (".", True)),
        (["1 234,5"], (",", True)),
        (["1.234.567"], (",", True)),
        (["1.234"], (None, False)),
        (["1,5", "2.5"], (",", False)),
        (["12", "x"], (None, True)),
    ],
)
def test_the_decimal_mark(values: list[str], expected: tuple[str | None, bool]) -> None:
    found = sniffing.decimal_mark(values)
    assert (found.value, found.certain) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a@example.com", "email"), ("www.example.com", "url"), ("12", "integer"), ("12.5", "decimal"),
        ("€ 12", "money"), ("12 RON", "money"), ("31.01.2026", "date"), ("2026-01-31 14:30", "datetime"),
        ("14:30", "time"), ("+30 210 1234567", "phone"), ("0722123456", "phone"), ("da", "boolean"),
        (True, "boolean"), (3, "integer"), (2.5, "decimal"), ([1], "object"), ("Aegean Optics", "text"),
        ("x" * 300, "long_text"),
    ],
)  # fmt: skip
def test_what_a_value_looks_like(value: object, expected: str) -> None:
    assert sniffing.shape(value) == expected
