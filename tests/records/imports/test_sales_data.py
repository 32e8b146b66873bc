"""The main job on real input: four files of a public dataset, faults included, become a working CRM.

Every figure is counted here from the files themselves, by other means than the import's.
"""

import csv
import io
import json
from collections import Counter, defaultdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from crm_config import payload, publication
from crm_config.live import live
from crm_config.models import Team, User
from records.access import Access
from records.imports.sheets import sheet_rows
from records.models import ImportRun, Record
from records.selectors.lists import Query, count, visible
from records.selectors.reading import RecordView, views_of
from tests.cast import join, person
from tests.records.imports.conftest import (
    SALES,
    codes,
    dry,
    finish,
    outcomes,
    sales_file,
    sales_mapping,
)

FILES = ("accounts", "products", "sales_teams", "sales_pipeline")


def rows_of(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(sales_file(name).decode())))


def us_date(text: str) -> date | None:
    return datetime.strptime(text, "%m/%d/%Y").date() if text else None


@pytest.fixture
def importer(db: None) -> User:
    pack = json.loads((SALES / "pack.json").read_text())
    del pack["pack"]
    payload.load(pack, replace=True)
    publication.publish(user=None, reason="test")
    return join(person("importer"), "administrator")


@pytest.fixture
def runs(importer: User) -> dict[str, tuple[ImportRun, ImportRun]]:
    """Each file tried out, then imported: what the dry run said, and the run."""
    done = {}
    for name in FILES:
        tried = dry(importer, sales_file(name), sales_mapping(name), f"{name}.csv")
        said = ImportRun.objects.get(pk=tried.pk)
        done[name] = (said, finish(tried))
    return done


def views(type_key: str, importer: User) -> list[RecordView]:
    access = Access.of(importer)
    rows = visible(Query(live().types[type_key]), access=access)
    return views_of(list(rows), access=access)


def test_the_four_files_become_records(
    runs: dict[str, tuple[ImportRun, ImportRun]], importer: User
) -> None:
    for name, (said, done) in runs.items():
        assert done.rows == len(rows_of(name)), name
        assert done.counts["created"] == done.rows, (name, done.summary["faults"])
        for status in ("created", "refused", "corrected", "remarked", "faulty"):
            assert said.counts.get(status) == done.counts.get(status), (name, status)
        assert said.counts["made"] == done.counts["made"]
    totals = {key: count(Query(live().types[key]), access=Access.of(importer), exactly=True).number
              for key in ("account", "product", "agent", "opportunity")}  # fmt: skip
    assert totals == {"account": 85, "product": 7, "agent": 35 + 6, "opportunity": 8800}

    _accounts(importer, runs)
    _agents(importer, runs)
    _opportunities(importer, runs)
    _remarks(runs)
    _again(importer)


def _accounts(importer: User, runs: dict[str, tuple[ImportRun, ImportRun]]) -> None:
    raw = {row["account"]: row for row in rows_of("accounts")}
    found = {view.title: view for view in views("account", importer)}
    assert found.keys() == raw.keys()
    for name, view in found.items():
        row = raw[name]
        assert view.value("revenue") == Decimal(row["revenue"])
        assert view.value("employees") == int(row["employees"])
        assert view.value("founded") == int(row["year_established"])
        assert view.value("office_location") == row["office_location"]
        assert view.value("sector") == (
            "technology" if row["sector"] == "technolgy" else row["sector"]
        )
        parents = view.value("parent") or ()
        assert (
            [found[row["subsidiary_of"]].id] == list(parents)
            if row["subsidiary_of"]
            else not parents
        )
    assert sum(bool(row["subsidiary_of"]) for row in raw.values()) == 15
    assert found["Cheers"].display("parent") == "Massive Dynamic"  # which stands further down
    assert found["Hottechi"].value("address") is None
    assert found["Bioholding"].display("address") == "Philippines"
    corrections = {(c["column"], c["found"], c["read_as"]): c["count"]
                   for c in runs["accounts"][1].summary["corrections"]}  # fmt: skip
    assert corrections == {
        ("sector", "technolgy", "technology"): sum(
            r["sector"] == "technolgy" for r in raw.values()
        ),
        ("office_location", "Philipines", "Philippines"): 1,
        ("office_location", "Korea", ""): 1,
    }


def _agents(importer: User, runs: dict[str, tuple[ImportRun, ImportRun]]) -> None:
    raw = rows_of("sales_teams")
    found = {view.title: view for view in views("agent", importer)}
    for row in raw:
        view = found[row["sales_agent"]]
        assert view.display("manager") == row["manager"]
        assert view.display("team") == row["regional_office"]
        assert view.display("login") == row["sales_agent"]
    assert runs["sales_teams"][1].counts["made"] == {"login": 35, "manager": 6, "team": 3}
    assert set(Team.objects.values_list("name", flat=True)) == {"Central", "East", "West"}
    newcomers = User.objects.exclude(pk=importer.pk)
    assert newcomers.count() == 35
    assert not any(user.has_usable_password() or user.groups.exists() for user in newcomers)


def _opportunities(importer: User, runs: dict[str, tuple[ImportRun, ImportRun]]) -> None:
    raw = {row["opportunity_id"]: row for row in rows_of("sales_pipeline")}
    found = {view.title: view for view in views("opportunity", importer)}
    assert found.keys() == raw.keys()
    for code, view in found.items():
        row = raw[code]
        assert view.value("deal_stage") == row["deal_stage"].casefold()
        assert view.value("engaged") == us_date(row["engage_date"])
        assert view.value("closed") == us_date(row["close_date"])
        amount = view.value("amount")
        if row["close_value"]:
            assert (amount.amount, amount.currency) == (Decimal(row["close_value"]), "USD")
        else:
            assert amount is None
        assert view.display("agent") == view.display("owner") == row["sales_agent"]
        assert view.display("product") == (
            "GTX Pro" if row["product"] == "GTXPro" else row["product"]
        )
        assert view.display("account") == row["account"]
    stages = Counter(view.value("deal_stage") for view in found.values())
    assert stages == {"won": 4238, "lost": 2473, "engaging": 1589, "prospecting": 500}
    won = [view for view in found.values() if view.value("deal_stage") == "won"]
    assert sum(view.value("amount").amount for view in won) == 10_005_534
    by_agent: dict[str, Decimal] = defaultdict(Decimal)
    expected: dict[str, int] = defaultdict(int)
    for view in won:
        by_agent[view.display("owner")] += view.value("amount").amount
    for row in raw.values():
        if row["deal_stage"] == "Won":
            expected[row["sales_agent"]] += int(row["close_value"])
    assert by_agent == expected
    assert len(by_agent) == 30
    assert by_agent["Darcel Schlecht"] == 1_153_214
    assert sum(view.value("account") is None for view in found.values()) == 1425
    assert [
        (c["found"], c["read_as"], c["count"])
        for c in runs["sales_pipeline"][1].summary["corrections"]
    ] == [("GTXPro", "GTX Pro", 1480)]


def _remarks(runs: dict[str, tuple[ImportRun, ImportRun]]) -> None:
    """Every kind of oddity, counted in the file; the last four are asked for, and do not occur."""
    raw = rows_of("sales_pipeline")
    expected: Counter[str] = Counter()
    for row in raw:
        engaged, closed = us_date(row["engage_date"]), us_date(row["close_date"])
        ended = row["deal_stage"] in ("Won", "Lost")
        expected["no_account"] += not row["account"]
        expected["not_engaged"] += engaged is None
        expected["lost_at_zero"] += row["deal_stage"] == "Lost" and row["close_value"] == "0"
        expected["won_for_nothing"] += row["deal_stage"] == "Won" and row["close_value"] in (
            "",
            "0",
        )
        expected["closed_without_date"] += ended and closed is None
        expected["closed_but_open"] += not ended and closed is not None
        expected["closed_before_engaged"] += bool(engaged and closed and closed < engaged)
    assert +expected == {"no_account": 1425, "not_engaged": 500, "lost_at_zero": 2473}
    run = runs["sales_pipeline"][1]
    assert {r["key"]: r["count"] for r in run.summary["remarks"]} == +expected
    told = sheet_rows(run, "remarked", Access.system())
    assert sum(1 for _row in told) - 1 == run.counts["remarked"]


def _again(importer: User) -> None:
    """The same files once more change nothing: they are found again by their keys."""
    before = Record.unscoped.count()
    for name in FILES:
        run = finish(dry(importer, sales_file(name), sales_mapping(name)))
        assert run.counts["unchanged"] == run.rows, (name, dict(run.counts))
    assert Record.unscoped.count() == before


def test_without_corrections_the_faults_are_pointed_at(importer: User) -> None:
    """What nobody said how to read is refused, each row with its reason, and the rest comes in."""
    raw: dict[str, Any] = sales_mapping("accounts")
    for column in raw["columns"]:
        column.pop("read_as", None)
    tried = dry(importer, sales_file("accounts"), raw)
    said = ImportRun.objects.get(pk=tried.pk)
    run = finish(tried)
    faulty = {
        number: row
        for number, row in enumerate(rows_of("accounts"), start=2)
        if row["sector"] == "technolgy" or row["office_location"] in ("Philipines", "Korea")
    }
    assert run.counts["refused"] == run.counts["faulty"] - _links_left_out(run) == len(faulty)
    assert {n for n, found in outcomes(run).items() if found.status == "refused"} == faulty.keys()
    faults = {(f["code"], f["column"], f["value"]): f["count"] for f in run.summary["faults"]}
    assert faults["unknown_option", "sector", "technolgy"] == 12
    assert faults["country", "office_location", "Philipines"] == 1
    assert faults["country", "office_location", "Korea"] == 1
    # Its subsidiaries wait for Acme Corporation, whose sector is misspelt.
    codehow = next(
        n for n, r in enumerate(rows_of("accounts"), start=2) if r["account"] == "Codehow"
    )
    assert outcomes(run)[codehow].status == "created"
    assert codes(run)[codehow] == ["no_match"]
    assert {f["value"] for f in said.summary["faults"] if f["code"] == "no_match"} == {
        f["value"] for f in run.summary["faults"] if f["code"] == "no_match"
    }


def _links_left_out(run: ImportRun) -> int:
    return sum(1 for found in outcomes(run).values() if found.status != "refused" and found.faults)


def test_products_that_nobody_has_are_refused(importer: User) -> None:
    for name in ("accounts", "products", "sales_teams"):
        finish(dry(importer, sales_file(name), sales_mapping(name)))
    raw = sales_mapping("sales_pipeline")
    next(c for c in raw["columns"] if c["field"] == "product").pop("read_as")
    run = dry(importer, sales_file("sales_pipeline"), raw)
    assert run.counts["refused"] == 1480
    (fault,) = run.summary["faults"]
    assert (fault["code"], fault["column"], fault["value"]) == ("no_match", "product", "GTXPro")
