"""Exports of a list: who gets which rows and columns, and that nothing in a file runs."""

import csv
import io

import openpyxl
import pytest

from jobs.services import run_pending
from records.exports import build
from tests import company as small
from tests.cast import Cast, create, join, person
from tests.kept import kept
from tests.records.screens import PART, browser, text_of, url

pytestmark = pytest.mark.django_db


@kept
def some(cast: Cast) -> list[int]:
    return [
        create(
            "organisation",
            name="Beta",
            sector="it",
            headcount=-5,
            margin=918273,
            owner=cast.owner.pk,
        ),
        create("organisation", name="=1+1", sector="retail", owner=cast.owner.pk),
        create("organisation", name="Theirs", owner=cast.stranger.pk),
    ]


def rows(response) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def export(user, *, params: dict | None = None, **given):
    return browser(user).post(
        url("export", "organisation", **(params or {})), {"format": "csv", **given}
    )


def test_the_file_holds_what_the_list_shows(cast: Cast, some: list[int]) -> None:
    found = rows(
        export(cast.owner, params={"columns": "title,sector,headcount,margin", "sort": "-title"})
    )
    assert found[0] == ["id", "Title", "Sector", "Headcount"]
    assert found[1:] == [
        [str(some[0]), "Beta", "It", "-5"],
        [str(some[1]), "'=1+1", "Retail", ""],
    ]


def test_codes_can_be_imported_again(cast: Cast, some: list[int]) -> None:
    found = rows(export(cast.owner, params={"columns": "title,sector,owner"}, values="codes"))
    assert found[0] == ["id", "title", "sector", "owner"]
    assert [str(some[0]), "Beta", "it", str(cast.owner.pk)] in found


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", "+1-2", "@SUM(A1)", "-2+3", "\t=1"])
def test_no_cell_is_a_formula(cast: Cast, name: str) -> None:
    create("organisation", name=f"{name}", owner=cast.owner.pk)
    for line in rows(export(cast.owner, params={"columns": "title"}))[1:]:
        assert not line[1].startswith(("=", "+", "@", "-", "\t"))
    made = export(cast.owner, params={"columns": "title"}, format="xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(made.content)).active
    assert all(cell.data_type != "f" for line in sheet.iter_rows() for cell in line)


def test_chosen_records_alone(cast: Cast, some: list[int]) -> None:
    client = browser(cast.owner)
    asked = client.post(url("bulk", "organisation"), {"do": "export", "ids": some[:1]})
    assert asked.status_code == 302
    answer = client.post(asked["Location"], {"format": "csv"})
    assert [line[0] for line in rows(answer)[1:]] == [str(some[0])]


def test_all_columns_are_those_that_may_be_read(cast: Cast, some: list[int]) -> None:
    head = rows(export(cast.owner, which="all"))[0]
    assert "Notes" in head and "Margin" not in head


def test_records_are_exported_as_far_as_export_is_granted(cast: Cast) -> None:
    company = small.small_company()
    company["roles"].append(
        {
            "key": "reader",
            "labels": {"en": "Reader"},
            "grants": [
                {"type": "organisation", "action": "view", "scope": "all"},
                {"type": "organisation", "action": "export", "scope": "own"},
            ],
        }
    )
    small.publish(company=company)
    reader = join(person("reader"), "reader")
    mine = create("organisation", name="Mine", owner=reader.pk)
    create("organisation", name="Seen", owner=cast.owner.pk)
    assert len(browser(reader).get(url("list", "organisation")).context["rows"]) == 2
    assert [line[0] for line in rows(export(reader))[1:]] == [str(mine)]
    teammate = browser(cast.teammate)
    assert teammate.post(url("export", "organisation"), {"format": "csv"}).status_code == 302


def test_much_is_written_by_a_job_and_fetched_by_its_asker(
    cast: Cast, some: list[int], monkeypatch: pytest.MonkeyPatch, settings, tmp_path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(build, "AT_ONCE", 0)
    started = export(cast.owner, params={"columns": "title"})
    page = started["Location"]
    client = browser(cast.owner)
    assert client.get(page).context["job"].state == "queued"
    run_pending()
    shown = client.get(page)
    address = url("export_file", shown.context["job"].pk)
    assert address in text_of(shown)
    assert b"Beta" in b"".join(client.get(address).streaming_content)
    for other in (cast.stranger, cast.administrator):
        assert browser(other).get(address).status_code == 404


@pytest.fixture
def fetched(cast: Cast, some: list[int], monkeypatch, settings, tmp_path) -> str:
    """The address of a file that a job wrote for the owner."""
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(build, "AT_ONCE", 0)
    page = export(cast.owner, params={"columns": "title,sector,headcount,margin"})["Location"]
    run_pending()
    address = url("export_file", browser(cast.owner).get(page).context["job"].pk)
    assert browser(cast.owner).get(address).status_code == 200
    return address


def sales_with(change) -> None:
    """Publish again, with the sales role changed."""
    company = small.small_company()
    change(next(role for role in company["roles"] if role["key"] == "sales"))
    small.publish(company=company)


def test_a_file_is_not_fetched_once_the_right_to_export_is_gone(cast: Cast, fetched: str) -> None:
    def no_export(role) -> None:
        role["grants"] = [grant for grant in role["grants"] if grant["action"] != "export"]

    sales_with(no_export)
    assert browser(cast.owner).get(fetched).status_code == 302


def test_nor_once_a_column_of_it_is_hidden(cast: Cast, fetched: str) -> None:
    def hide(*fields: str):
        def change(role) -> None:
            rights = [{"type": "organisation", "field": key, "access": "hidden"} for key in fields]
            role["fields"] = rights

        return change

    sales_with(hide("margin", "notes"))
    assert browser(cast.owner).get(fetched).status_code == 200
    sales_with(hide("margin", "headcount"))
    assert browser(cast.owner).get(fetched).status_code == 302


def test_nor_once_its_type_is_gone(cast: Cast, fetched: str) -> None:
    company = small.small_company()
    company["record_types"][0]["retired"] = True
    for role in company["roles"]:
        role["grants"] = [g for g in role["grants"] if g["type"] != "organisation"]
        role["fields"] = []
    for raw in company["record_types"][1:]:
        raw["fields"] = [f for f in raw["fields"] if f["type"] != "link"]
        raw["columns"] = ["title"]
    small.publish(company=company)
    assert browser(cast.owner).get(fetched).status_code == 302


def test_the_dialog_tells_how_many(cast: Cast, some: list[int]) -> None:
    shown = browser(cast.owner).get(url("export", "organisation"), **PART)
    assert shown.context["number"] == 2
