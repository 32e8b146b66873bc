"""The screens of imports: from the file to the receipt, and who may see what."""

import io
import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from crm_config.models import User
from jobs.services import run_pending
from records.access import Access
from records.imports import services
from records.imports.formats import named
from records.imports.settings import FileSettings
from records.models import ImportRun, Record, SavedMapping
from tests.cast import Cast, create
from tests.records.imports.conftest import begin, columns, dry, finish

FIRMS = "name;branch;staff\nAegean;retial;5\nBoreas;it;many\nCalypso;retial;7\n"


def client(user: User) -> Client:
    made = Client()
    made.force_login(user)
    return made


def upload(user: User, text: str, **more: Any) -> ImportRun:
    data = {"file": SimpleUploadedFile("firms.csv", text.encode()), "type": "organisation", **more}
    answer = client(user).post(reverse("imports:new"), data)
    assert answer.status_code == 302, answer.content.decode()
    return ImportRun.objects.latest("id")


def form_of(user: User, url: str) -> dict[str, Any]:
    """What a browser would send back of the page's columns form."""
    page = BeautifulSoup(client(user).get(url).content, "html.parser")
    form = page.select_one("form.r-import-columns")
    assert form is not None
    for template in form.select("template"):
        template.decompose()
    sent: dict[str, Any] = {}
    for each in form.select("[name]"):
        name = str(each["name"])
        if each.name == "select":
            chosen = each.select_one("option[selected]") or each.select_one("option")
            sent[name] = chosen.get("value", chosen.text) if chosen else ""
        elif each.get("type") in ("checkbox", "radio"):
            if each.has_attr("checked"):
                sent.setdefault(name, []).append(each["value"])
        else:
            sent[name] = each.get("value", "")
    return sent


def test_from_the_file_to_the_receipt(cast: Cast) -> None:
    run = upload(cast.owner, FIRMS)
    columns_url = reverse("imports:columns", args=[run.pk])
    sent = form_of(cast.owner, columns_url)
    assert (sent["field-0"], sent["field-1"], sent["field-2"]) == ("name", "sector", "headcount")
    sent |= {"save_as": "Firms"}
    assert client(cast.owner).post(columns_url, sent).status_code == 302
    run_url = reverse("imports:run", args=[run.pk])
    assert "job-progress" in client(cast.owner).get(run_url).content.decode()
    run_pending()
    page = client(cast.owner).get(run_url).content.decode()
    assert "retial" in page
    run.refresh_from_db()
    assert run.counts["refused"] == 3
    number = next(n for n, f in enumerate(run.summary["faults"]) if f["value"] == "retial")
    client(cast.owner).post(reverse("imports:correct", args=[run.pk]), {f"as-{number}": "retail"})
    run_pending()
    run.refresh_from_db()
    assert (run.counts["created"], run.counts["corrected"]) == (2, 2)
    client(cast.owner).post(reverse("imports:start", args=[run.pk]))
    run_pending()
    page = client(cast.owner).get(run_url).content.decode()
    assert "many" in page
    sectors = Record.unscoped.order_by("title").values_list("title", "data__sector")
    assert list(sectors) == [("Aegean", "retail"), ("Calypso", "retail")]
    assert SavedMapping.objects.get().mapping["columns"][1]["field"] == "sector"


READ_AS = {"A": "B", "?": None}


def test_what_is_chosen_comes_back_as_it_was(cast: Cast) -> None:
    """A mapping that the form shows and sends back unchanged is the same mapping, whatever it holds."""
    create("organisation", None, name="X")
    raw = columns(
        {"column": "name", "field": "name"},
        {"column": "worth", "field": "amount", "currency": "RON"},
        {"column": "firm", "field": "customer", "by": ["code", "title"], "create": True, "read_as": READ_AS},
        {"column": "who", "field": "owner", "by": ["email"]},
        {"column": "name", "field": "tags"},
        {"value": "true", "field": "won"},
        type="deal",
        match={"on": ["name"], "mode": "both"},
        empty="clear",
        reading={"date_order": "mdy", "decimal_mark": ",", "phone_region": "GR"},
        remarks=[{"key": "open", "labels": {"en": "Open"}, "where": {"field": "won", "op": "is_empty"}}],
    )  # fmt: skip
    run = begin(cast.administrator, "name,worth,firm,who\nhot,1,A,x@example.com\n", raw)
    url = reverse("imports:columns", args=[run.pk])
    before = ImportRun.objects.get(pk=run.pk).mapping
    client(cast.administrator).post(url, form_of(cast.administrator, url))
    after = ImportRun.objects.get(pk=run.pk).mapping
    assert sorted(map(json.dumps, after.pop("columns"))) == sorted(
        map(json.dumps, before.pop("columns"))
    )
    assert after == before


def test_a_correction_can_be_forgotten(cast: Cast) -> None:
    raw = columns(
        ("name", "name"),
        {"column": "branch", "field": "sector", "read_as": {"x": "it", "y": "it"}},
        type="organisation",
    )
    run = begin(cast.owner, "name,branch\nA,x\n", raw)
    url = reverse("imports:columns", args=[run.pk])
    client(cast.owner).post(url, {**form_of(cast.owner, url), "forget-1": "x"})
    assert ImportRun.objects.get(pk=run.pk).mapping["columns"][1]["read_as"] == {"y": "it"}


def test_what_does_not_fit_is_said_on_the_page_and_nothing_starts(cast: Cast) -> None:
    run = upload(cast.owner, FIRMS)
    url = reverse("imports:columns", args=[run.pk])
    sent = {**form_of(cast.owner, url), "field-0": "", "field-2": "headcount"}
    page = client(cast.owner).post(url, sent).content.decode()
    assert 'role="alert"' in page
    assert "Name" in page
    run.refresh_from_db()
    assert (run.state, run.job) == (ImportRun.State.DRAFT, None)


def test_a_file_that_cannot_be_read_is_refused_at_the_field(cast: Cast) -> None:
    data = {"file": SimpleUploadedFile("x.csv", b"name\n"), "type": "organisation"}
    page = client(cast.owner).post(reverse("imports:new"), data)
    assert page.status_code == 200
    assert "no rows under them" in page.content.decode()
    assert not ImportRun.objects.exists()


def test_the_file_can_be_read_in_another_way(cast: Cast) -> None:
    run = upload(cast.owner, "Report of firms;;\nname;branch;staff\nA;it;1\n")
    client(cast.owner).post(
        reverse("imports:read_again", args=[run.pk]),
        {"delimiter": ";", "encoding": "cp1250", "heading_row": "1"},
    )
    run.refresh_from_db()
    assert run.profile["columns"][0]["heading"] == "Report of firms"
    assert run.file_settings["encoding"] == "cp1250"
    client(cast.owner).post(reverse("imports:read_again", args=[run.pk]), {"encoding": "utf-16"})
    run.refresh_from_db()
    assert run.file_settings["encoding"] == "cp1250"


def test_a_saved_mapping_is_used_again(cast: Cast) -> None:
    run = begin(
        cast.owner, FIRMS, columns(("name", "name"), ("branch", "notes"), type="organisation")
    )
    saved = services.save_mapping(run, access=Access.of(cast.owner), name="Firms")
    again = upload(cast.owner, FIRMS, mapping=str(saved.pk), type="person")
    assert again.type == "organisation"
    assert [c["field"] for c in again.mapping["columns"]] == ["name", "notes"]
    told = json.loads(
        client(cast.owner).get(reverse("imports:saved_mapping", args=[saved.pk])).content
    )
    assert (told["name"], told["columns"]) == ("Firms", again.mapping["columns"])
    delete = reverse("imports:delete_mapping", args=[saved.pk])
    assert client(cast.stranger).post(delete).status_code == 404
    assert client(cast.owner).get(delete).status_code == 200
    client(cast.owner).post(delete)
    assert not SavedMapping.objects.exists()


def sheet(user: User, run: ImportRun, which: str, suffix: str) -> list[list[Any]]:
    answer = client(user).get(reverse("imports:sheet", args=[run.pk, which, suffix]))
    assert answer.status_code == 200
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    table, _settings = named(suffix).table(content, FileSettings())
    return [list(table.headings), *(row.cells for row in table.rows)]


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_the_sheet_of_faults_holds_the_rows_as_they_came(cast: Cast, suffix: str) -> None:
    raw = columns(
        ("name", "name"), ("branch", "sector"), ("staff", "headcount"), type="organisation"
    )
    run = finish(dry(cast.owner, FIRMS, raw))
    heading, *rows = sheet(cast.owner, run, "faults", suffix)
    assert heading[:5] == ["name", "branch", "staff", "Row", "Outcome"]
    assert [row[:3] for row in rows] == [
        ["Aegean", "retial", "5"],
        ["Boreas", "it", "many"],
        ["Calypso", "retial", "7"],
    ]
    assert "retial" in rows[0][6]
    assert [str(row[3]) for row in rows] == ["2", "3", "4"]


def test_a_mended_sheet_of_faults_is_imported(cast: Cast) -> None:
    raw = columns(
        ("name", "name"), ("branch", "sector"), ("staff", "headcount"), type="organisation"
    )
    run = finish(dry(cast.owner, FIRMS, raw))
    answer = client(cast.owner).get(reverse("imports:sheet", args=[run.pk, "faults", "csv"]))
    mended = (
        b"".join(answer.streaming_content).decode().replace("retial", "retail").replace("many", "9")
    )
    again = finish(dry(cast.owner, mended, raw))
    assert again.counts["created"] == 3


def test_sheets_of_what_became_of_rows(cast: Cast) -> None:
    raw = columns(
        ("name", "name"),
        ("staff", "headcount"),
        type="organisation",
        match={"on": ["name"], "mode": "both"},
    )
    create("organisation", cast.owner, name="Aegean", headcount=1)
    create("organisation", cast.owner, name="Calypso", headcount=7)
    run = finish(dry(cast.owner, FIRMS, raw))
    found = {
        which: len(sheet(cast.owner, run, which, "csv")) - 1
        for which in ("updated", "unchanged", "refused", "all")
    }
    assert found == {"updated": 1, "unchanged": 1, "refused": 1, "all": 3}
    assert (
        client(cast.owner)
        .get(reverse("imports:sheet", args=[run.pk, "nothing", "csv"]))
        .status_code
        == 404
    )
    assert client(cast.owner).get(reverse("imports:file", args=[run.pk])).status_code == 200
    mapping = client(cast.owner).get(reverse("imports:mapping", args=[run.pk])).json()
    assert mapping["match"] == {"on": ["name"], "mode": "both"}


PAGES = ("run", "columns", "file", "mapping")
ACTIONS = ("read_again", "try", "correct", "start", "stop", "take_up", "discard", "save_mapping")


def test_others_imports_are_not_there(cast: Cast) -> None:
    run = dry(cast.owner, FIRMS, columns(("name", "name"), type="organisation"))
    for user in (cast.manager, cast.stranger):
        seen = client(user)
        for name in PAGES:
            assert seen.get(reverse(f"imports:{name}", args=[run.pk])).status_code == 404, name
        for name in ACTIONS:
            assert seen.post(reverse(f"imports:{name}", args=[run.pk])).status_code == 404, name
        assert seen.get(reverse("imports:sheet", args=[run.pk, "all", "csv"])).status_code == 404
    for name in ("run",):
        assert client(cast.teammate).get(reverse(f"imports:{name}", args=[run.pk])).status_code in (
            302,
            403,
            404,
        )
        assert (
            client(cast.outsider).get(reverse(f"imports:{name}", args=[run.pk])).status_code == 302
        )
    assert Client().get(reverse("imports:run", args=[run.pk])).status_code == 302
    run.refresh_from_db()
    assert run.state == ImportRun.State.CHECKED


def test_administrators_see_but_do_not_steer_others_imports(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    run = dry(cast.owner, FIRMS, columns(("name", "name"), type="organisation"))
    seen = client(cast.administrator)
    page = seen.get(reverse("imports:run", args=[run.pk])).content.decode()
    assert reverse("imports:start", args=[run.pk]) not in page
    for name in ("start", "correct", "discard"):
        assert seen.post(reverse(f"imports:{name}", args=[run.pk])).status_code == 404
    services.start(run)
    with django_capture_on_commit_callbacks(execute=True):
        assert seen.post(reverse("imports:stop", args=[run.pk])).status_code == 302
    run.refresh_from_db()
    assert run.state == ImportRun.State.STOPPED


def test_the_register_shows_ones_own(cast: Cast) -> None:
    begin(cast.owner, FIRMS, columns(("name", "name"), type="organisation"), name="mine.csv")
    begin(cast.stranger, FIRMS, columns(("name", "name"), type="organisation"), name="theirs.csv")
    url = reverse("operations_imports_modeladmin_index")
    mine = client(cast.owner).get(url).content.decode()
    assert "mine.csv" in mine
    assert "theirs.csv" not in mine
    both = client(cast.administrator).get(url).content.decode()
    assert "mine.csv" in both and "theirs.csv" in both
    assert client(cast.teammate).get(url).status_code == 302
    assert reverse("imports:new") in client(cast.manager).get(url).content.decode()


def test_discarding_takes_the_file_away(cast: Cast) -> None:
    run = upload(cast.owner, FIRMS)
    storage, name = run.file.storage, run.file.name
    assert storage.exists(name)
    client(cast.owner).post(reverse("imports:discard", args=[run.pk]))
    assert not ImportRun.objects.exists()
    assert not storage.exists(name)


def test_an_import_that_wrote_is_not_discarded(cast: Cast) -> None:
    run = finish(dry(cast.owner, FIRMS, columns(("name", "name"), type="organisation")))
    client(cast.owner).post(reverse("imports:discard", args=[run.pk]))
    assert ImportRun.objects.filter(pk=run.pk).exists()


def test_without_the_grant_the_first_page_says_so(cast: Cast) -> None:
    answer = client(cast.teammate).get(reverse("imports:new"))
    assert answer.status_code in (302, 403)
    assert client(cast.owner).get(reverse("imports:new") + "?type=deal").status_code == 200


def test_pages_stay_cheap_however_many_rows(cast: Cast, django_assert_max_num_queries: Any) -> None:
    text = io.StringIO()
    text.write("name,staff\n")
    text.writelines(f"Firm {n},{n}\n" for n in range(1200))
    run = finish(
        dry(
            cast.owner,
            text.getvalue(),
            columns(("name", "name"), ("staff", "headcount"), type="organisation"),
        )
    )
    seen = client(cast.owner)
    seen.get(reverse("imports:run", args=[run.pk]))
    with django_assert_max_num_queries(25):
        seen.get(reverse("imports:run", args=[run.pk]))
