"""Queries for records are few, whatever the number of rows, fields and types (design: list 6, record 8)."""

import copy as copies

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crm_config.live import live
from records import services
from records.access import Access
from records.gate import Change
from records.models import Record, RecordLink
from records.partitions import next_ids
from tests import company as small
from tests.cast import Cast, create
from tests.records.screens import browser, url

pytestmark = pytest.mark.django_db


def publish(fields: int) -> None:
    more = [small.field(f"extra_{n}", "integer", filterable=True) for n in range(fields - 6)]
    deal = small.record_type(
        "deal",
        small.field("name", required=True, searchable=True, sortable=True),
        small.field("amount", "money"),
        small.field(
            "customer", "link", options={"targets": ["organisation"], "reverse_key": "deals"}
        ),
        small.field("backer", "link", options={"targets": ["person"], "multiple": True}),
        small.field("approver", "user"),
        small.field("unit", "team"),
        *more,
        title_template="{name}",
        columns=["title", "amount", "customer", "backer", "approver", "unit", "owner", "team"],
        sort=["title"],
    )
    small.publish(deal)


def fill(cast: Cast, rows: int) -> list[int]:
    org = create("organisation", name="Org")
    person = create("person", family_name="P")
    values = {
        "amount": "5 EUR",
        "customer": org,
        "backer": [person],
        "approver": cast.owner.pk,
        "unit": cast.north.pk,
        "owner": cast.manager.pk,
        "team": cast.north.pk,
    }
    changes = [
        Change("create", type="deal", values={**values, "name": f"D{n:05}"}) for n in range(10)
    ]
    receipt = services.execute_or_raise(changes, access=Access.system(), channel="system")
    ids = [outcome.id or 0 for outcome in receipt.outcomes]
    copy(ids[0], rows - len(ids))
    return ids


def copy(record_id: int, times: int) -> None:
    """Row by row as they stand: what the gate does with so many is measured elsewhere."""
    links = list(RecordLink.objects.filter(source=record_id))
    rows: list[Record] = []
    further: list[RecordLink] = []
    for pk in next_ids(live().types["deal"], times):
        row = Record.unscoped.get(pk=record_id) if not rows else copies.copy(rows[0])
        row.pk = pk
        rows.append(row)
        further += [
            RecordLink(source_id=pk, field=k.field, target_id=k.target_id, position=k.position)
            for k in links
        ]
    Record.unscoped.bulk_create(rows)
    RecordLink.objects.bulk_create(further)


def for_records(captured: CaptureQueriesContext) -> list[str]:
    """The queries of a screen about records, and about the names that they show: not those that tell who
    asks and which configuration holds, the same on every screen, nor Wagtail's own."""
    return [q["sql"] for q in captured.captured_queries if _about_records(q["sql"])]


def _about_records(sql: str) -> bool:
    names = 'FROM "crm_config_user" WHERE "crm_config_user"."id" IN' in sql
    teams = 'FROM "crm_config_team" WHERE "crm_config_team"."id" IN' in sql
    who_asks = "records_delegation" in sql
    return ("records_" in sql and not who_asks) or names or teams


@pytest.mark.parametrize("fields", [6, 60])
@pytest.mark.parametrize("rows", [10, 10_000])
def test_screens_keep_to_their_budgets(cast: Cast, fields: int, rows: int) -> None:
    publish(fields)
    ids = fill(cast, rows)
    client = browser(cast.manager)
    client.get(url("list", "deal"))
    with CaptureQueriesContext(
        connection,
    ) as listed:
        assert client.get(url("list", "deal")).status_code == 200
    assert len(for_records(listed)) <= 6, "\n\n".join(for_records(listed))
    with CaptureQueriesContext(connection) as shown:
        assert client.get(url("record", ids[0])).status_code == 200
    assert len(for_records(shown)) <= 8, "\n\n".join(for_records(shown))


def test_a_record_with_many_related_lists_asks_no_more(cast: Cast) -> None:
    link = {"targets": ["organisation"]}
    types = [
        small.record_type(
            f"kind{n}",
            small.field("name"),
            small.field("org", "link", options={**link, "reverse_key": f"k{n}"}),
        )
        for n in range(12)
    ]
    small.publish(*types)
    cast.manager.is_superuser = True
    cast.manager.save()
    org = create("organisation", name="Org", owner=cast.manager.pk)
    for n in range(12):
        create(f"kind{n}", name="x", org=org)
    client = browser(cast.manager)
    client.get(url("record", org))
    with CaptureQueriesContext(connection) as shown:
        page = client.get(url("record", org))
    assert len(page.context["related"]) >= 12
    assert len(for_records(shown)) <= 8, "\n\n".join(for_records(shown))
