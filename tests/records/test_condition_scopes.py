"""Grants that hold if…, people who take part, and fields that may be read on some records alone: at work."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from crm_config.live import live
from crm_config.models import ConfigSnapshot, Membership
from records import services
from records.access import Access
from records.gate import Change, Outcome
from records.models import Record
from records.selectors import Query, get, page
from records.selectors.sorting import CannotSort
from tests import company as small
from tests.cast import Cast, create
from tests.company import field
from tests.kept import kept
from tests.records.screens import browser, text_of, url
from tests.records.test_screen_budgets import for_records

pytestmark = pytest.mark.django_db
TYPE = "organisation"
IT = {"field": "sector", "op": "eq", "value": "it"}
LEADS = {"field": "owner", "op": "in", "value": [{"dynamic": "my_reports"}]}


def publish(*, sales: list[dict[str, Any]], rights: list[dict[str, Any]] | None = None) -> None:
    """The role of sales gets these grants on organisations, and rights on their fields."""
    base = small.organisation()
    more = [
        field("helper", "user", options={"participates": True}),
        field("double", "formula", options={"expression": "margin * 2", "result_type": "integer"}),
        field(
            "group",
            "link",
            options={"targets": [TYPE], "reverse_key": "members", "on_delete": "clear"},
        ),
    ]
    company = small.small_company()
    role = next(raw for raw in company["roles"] if raw["key"] == "sales")
    kept = [g for g in role["grants"] if g["type"] != TYPE]
    role["grants"] = [*kept, *({"type": TYPE, **grant} for grant in sales)]
    role["fields"] = [{"type": TYPE, **right} for right in rights or []]
    small.publish({**base, "fields": [*base["fields"], *more]}, company=company)


def everything(*actions: str, scope: str = "all") -> list[dict[str, Any]]:
    return [{"action": action, "scope": scope} for action in actions]


def condition(action: str, raw: Any) -> dict[str, Any]:
    return {"action": action, "scope": "condition", "condition": raw}


def seen_by(user: Any, **query: Any) -> list[str]:
    access = Access.of(user)
    rows = page(Query(live().types[TYPE], sort="id", **query), access=access).rows
    return [row.title for row in rows]


def tried(user: Any, action: str, pk: int | None = None, **values: Any) -> set[str]:
    change = Change(action, id=pk, type=TYPE if pk is None else "", values=values)
    outcome: Outcome = services.execute_one(change, access=Access.of(user), channel="screen")
    return {refusal.code for refusal in outcome.refusals}


def test_lists_pages_and_changes_follow_the_condition(cast: Cast) -> None:
    publish(
        sales=[
            condition("view", IT),
            condition("change", {"field": "headcount", "op": "lt", "value": 9}),
        ]
    )
    one = create(TYPE, name="One", sector="it", headcount=5)
    two = create(TYPE, name="Two", sector="it", headcount=10)
    three = create(TYPE, name="Three", sector="retail")
    assert seen_by(cast.owner) == ["One", "Two"]
    assert tried(cast.owner, "change", one, headcount=20) == set()
    assert tried(cast.owner, "change", one, headcount=21) == {"forbidden"}
    assert tried(cast.owner, "change", two, headcount=1) == {"forbidden"}
    assert tried(cast.owner, "change", three, headcount=1) == {"not_found"}


def test_of_a_new_record_the_condition_is_asked_with_all_its_values(cast: Cast) -> None:
    double = {"field": "double", "op": "gte", "value": 10}
    publish(sales=[*everything("view"), condition("create", {"all": [IT, double]})])
    assert tried(cast.owner, "create", name="A", sector="retail", margin=5) == {"outside_scope"}
    assert tried(cast.owner, "create", name="A", sector="it", margin=4) == {"outside_scope"}
    assert tried(cast.owner, "create", name="A", sector="it", margin=5) == set()


def test_links_of_a_new_record_count_too(cast: Cast) -> None:
    publish(
        sales=[
            *everything("view"),
            condition("create", {"field": "group.sector", "op": "eq", "value": "it"}),
        ]
    )
    head, other = create(TYPE, name="Head", sector="it"), create(TYPE, name="Other")
    assert tried(cast.owner, "create", name="A", group=other) == {"outside_scope"}
    assert tried(cast.owner, "create", name="A", group=head) == set()


def test_who_takes_part_reaches_what_names_them(cast: Cast) -> None:
    publish(sales=everything("view", "change", scope="participant"))
    create(TYPE, name="Own", owner=cast.owner.pk)
    helped = create(TYPE, name="Helped", helper=cast.owner.pk)
    create(TYPE, name="Foreign", helper=cast.stranger.pk)
    assert seen_by(cast.owner) == ["Own", "Helped"]
    assert tried(cast.owner, "change", helped, headcount=1) == set()
    services.execute_or_raise(
        [Change("change", id=helped, values={"helper": None})],
        access=Access.system(),
        channel="system",
    )
    assert seen_by(cast.owner) == ["Own"]


@kept
def leading(cast: Cast) -> Cast:
    """A margin is read by whoever leads the owner; the owner of “Mine” is led, that of “Theirs” not."""
    publish(
        sales=everything("view", "change", "create", "export"),
        rights=[{"field": "margin", "access": "write", "condition": LEADS}],
    )
    Membership.objects.filter(user=cast.owner).update(lead=True)
    create(TYPE, name="Mine", margin=11, owner=cast.teammate.pk)
    create(TYPE, name="Theirs", margin=22, owner=cast.stranger.pk)
    return cast


def by_title(title: str) -> int:
    return Record.unscoped.get(title=title).pk


def test_a_field_is_there_on_some_records_and_not_on_others(leading: Cast) -> None:
    access = Access.of(leading.owner)
    mine, theirs = get(by_title("Mine"), access=access), get(by_title("Theirs"), access=access)
    assert (mine.value("margin"), mine.value("double")) == (11, 22)
    assert (theirs.value("margin"), theirs.value("double")) == (None, None)
    assert "margin" in {f.key for f in mine.fields}
    assert not {"margin", "double"} & {f.key for f in theirs.fields}
    assert mine.writable("margin") and not theirs.writable("margin")
    with pytest.raises(KeyError):
        theirs.field("margin")


def test_filters_find_only_where_it_may_be_read(leading: Cast) -> None:
    found = {"field": "margin", "op": "gte", "value": 1}
    assert seen_by(leading.owner, where=found) == ["Mine"]
    assert seen_by(leading.owner, where={"not": found}) == ["Theirs"]
    assert seen_by(leading.owner, where={"field": "margin", "op": "is_empty"}) == ["Theirs"]
    for key in ("margin", "-margin", "double"):
        with pytest.raises(CannotSort):
            page(Query(live().types[TYPE], sort=key), access=Access.of(leading.owner))


def test_it_is_written_only_where_it_may_be_and_kept_elsewhere(leading: Cast) -> None:
    mine, theirs = by_title("Mine"), by_title("Theirs")
    assert tried(leading.owner, "change", mine, margin=12) == set()
    assert tried(leading.owner, "change", theirs, margin=12) == {"unknown_field"}
    assert tried(leading.owner, "change", theirs, headcount=1) == set()
    assert Record.unscoped.get(pk=theirs).data["margin"] == 22
    foreign = {"name": "New", "margin": 5, "owner": leading.stranger.pk}
    assert tried(leading.owner, "create", **foreign) == {"read_only"}
    led = {"name": "New", "margin": 5, "owner": leading.teammate.pk}
    assert tried(leading.owner, "create", **led) == set()


def test_screens_show_it_where_it_may_be_read(leading: Cast) -> None:
    client = browser(leading.owner)
    assert "Margin" in text_of(client.get(url("record", by_title("Mine"))))
    assert "Margin" not in text_of(client.get(url("record", by_title("Theirs"))))
    listed = text_of(client.get(url("list", TYPE), {"columns": "margin"}))
    assert ">11<" in listed.replace(" ", "") and ">22<" not in listed.replace(" ", "")
    assert client.get(url("field", by_title("Theirs"), "margin")).status_code == 404


def test_a_condition_that_broke_denies_and_stands_on_the_home_page(cast: Cast) -> None:
    publish(sales=[condition("view", IT)])
    create(TYPE, name="One", sector="it")
    row = ConfigSnapshot.objects.latest("version")
    grants = next(r for r in row.payload["roles"] if r["key"] == "sales")["grants"]
    next(g for g in grants if g["scope"] == "condition")["condition"] = {
        "field": "gone",
        "op": "is_set",
    }
    row.digest = "broken"
    row.save()
    assert not Access.of(cast.owner).may("view", live().types[TYPE])
    home = reverse("wagtailadmin_home")
    told = text_of(browser(cast.administrator).get(home))
    assert "a condition on Organisations cannot be read" in told and "gone" in told
    assert "cannot be read" not in text_of(browser(cast.owner).get(home))


@pytest.mark.parametrize("rows", [5, 60])
def test_a_list_under_conditions_keeps_to_its_budget(cast: Cast, rows: int) -> None:
    """What conditions ask about links is fetched for the whole page."""
    linked = {"field": "group.sector", "op": "eq", "value": "it"}
    publish(
        sales=[condition("view", {"any": [linked, LEADS]}), condition("change", linked)],
        rights=[{"field": "margin", "access": "read", "condition": linked}],
    )
    head = create(TYPE, name="Head", sector="it")
    for n in range(rows):
        create(TYPE, name=f"R{n:03}", group=head, margin=n + 100)
    client = browser(cast.owner)
    client.get(url("list", TYPE), {"columns": "margin,helper"})
    with CaptureQueriesContext(connection) as captured:
        shown = text_of(client.get(url("list", TYPE), {"columns": "margin,helper"}))
    assert "R000" in shown and ">103<" in shown.replace(" ", "")
    assert len(for_records(captured)) <= 8, "\n\n".join(for_records(captured))
