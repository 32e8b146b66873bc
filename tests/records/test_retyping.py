"""A field that changes its kind: what stands is read at once, rewritten by a job, and nothing is lost."""

from typing import Any

import pytest

from crm_config import publication
from crm_config.live import live
from jobs.services import run_pending
from records import services
from records.access import Access
from records.gate import Change
from records.models import Event, Record
from records.selectors import Query, get, page
from records.selectors.timeline import timeline
from tests import company as small
from tests.cast import create
from tests.company import field, option, record_type

pytestmark = pytest.mark.django_db


def thing(*fields: dict[str, Any], **more: Any) -> dict[str, Any]:
    return record_type(
        "thing", field("name", required=True), *fields, title_template="{name}", **more
    )


def retype(before: dict[str, Any], after: dict[str, Any], *values: Any) -> list[int]:
    """Records made under one definition of the field `x`, and then published under another."""
    small.publish(thing(before))
    ids = [create("thing", name=f"n{place}", x=value) for place, value in enumerate(values)]
    run_pending()
    small.publish(thing(after))
    return ids


def value(pk: int, key: str = "x") -> Any:
    return get(pk, access=Access.system()).value(key)


def data(pk: int) -> dict[str, Any]:
    found: dict[str, Any] = Record.unscoped.get(pk=pk).data
    return found


def change(pk: int, **values: Any) -> None:
    services.execute_or_raise(
        [Change("change", id=pk, values=values)], access=Access.system(), channel="api"
    )


@pytest.mark.parametrize("ran", [False, True], ids=["before the job", "after the job"])
@pytest.mark.parametrize(
    ("before", "after", "given", "expected"),
    [
        (field("x"), field("x", "integer"), "1250", 1250),
        (field("x", "integer"), field("x", "decimal", options={"decimals": 2}), 12, "12.00"),
        (
            field("x", "decimal", options={"decimals": 2}),
            field("x", "decimal", options={"decimals": 4}),
            "12.25",
            "12.2500",
        ),
        (field("x", "decimal"), field("x", "integer"), "12.60", 13),
        (field("x"), field("x", "long_text"), "A line", "A line"),
        (field("x", "long_text"), field("x"), "Two\nlines", "Two lines"),
        (field("x", "date"), field("x", "datetime"), "2026-01-31", "2026-01-30 22:00:00+00:00"),
        (field("x", "datetime"), field("x", "date"), "2026-01-31T23:30:00Z", "2026-02-01"),
        (field("x"), field("x", "choice", choices=[option("it"), option("retail")]), "IT", "it"),
        (field("x", "choice", choices=[option("it")]), field("x"), "it", "It"),
        (
            field("x", "choice", choices=[option("it")]),
            field("x", "multi_choice", choices=[option("it")]),
            "it",
            ("it",),
        ),
        (field("x", "integer"), field("x", "money"), 12, "12.00 EUR"),
        (field("x", "money"), field("x", "decimal"), "12.5 EUR", "12.50"),
        (field("x", "email"), field("x"), "a@example.com", "a@example.com"),
    ],
)
def test_values_convert(
    company: Any, before: Any, after: Any, given: Any, expected: Any, ran: bool
) -> None:
    (pk,) = retype(before, after, given)
    if ran:
        run_pending()
        assert "x" not in data(pk)
    found = value(pk)
    assert found == expected if not isinstance(expected, str) else str(found) == expected


def test_converting_is_told_in_the_history_with_what_was_cut_off(company: Any) -> None:
    (pk,) = retype(field("x", "decimal"), field("x", "integer"), "12.60")
    run_pending()
    event = Event.objects.filter(record_id=pk).first()
    assert event is not None and (event.action, event.channel) == ("converted", "system")
    (entry, created) = timeline(get(pk, access=Access.system()))[0]
    assert (entry.changes[0].before_html, entry.changes[0].after_html) == ("12.60", "13")
    assert {c.field.key: c.after_html for c in created.changes} == {"name": "n0", "x": "12.60"}
    assert Record.unscoped.get(pk=pk).version == 2


def test_what_does_not_convert_stays_and_comes_back_with_the_old_kind(company: Any) -> None:
    good, bad = retype(field("x"), field("x", "integer"), "12", "a dozen")
    run_pending()
    assert (value(good), value(bad)) == (12, None)
    assert data(bad)["x"] == "a dozen"
    change(bad, name="renamed")
    assert data(bad)["x"] == "a dozen"
    publication.rollback(live().version - 1, user=None)
    assert (value(good), value(bad)) == ("12", "a dozen")
    run_pending()
    assert (value(good), value(bad)) == ("12", "a dozen")


def test_what_was_left_gives_way_to_what_somebody_enters(company: Any) -> None:
    (pk,) = retype(field("x"), field("x", "integer"), "a dozen")
    run_pending()
    change(pk, x=12)
    stored = live().types["thing"].fields["x"].stored_key
    assert data(pk) == {"name": "n0", stored: 12}
    assert Event.objects.filter(record_id=pk).first().changes["x"][0]["stored"] == "a dozen"


def test_an_edit_before_the_job_is_not_undone_by_it(company: Any) -> None:
    edited, cleared, other = retype(field("x", "integer"), field("x", "decimal"), 1, 2, 3)
    change(edited, x="9.50")
    change(cleared, x=None)
    change(other, name="renamed")
    run_pending()
    assert [str(value(pk)) for pk in (edited, cleared, other)] == ["9.50", "None", "3.00"]


def test_lists_never_mistake_the_old_form_for_the_new(company: Any) -> None:
    many = field("x", "integer", sortable=True, filterable=True)
    first, second = retype(field("x"), many, "a dozen", "12")
    query = Query(live().types["thing"], sort="-x", columns=("title", "x"))
    below = Query(live().types["thing"], where={"field": "x", "op": "lt", "value": 100})
    access = Access.system()
    assert [row.display("x") for row in page(query, access=access).rows] == ["12", ""]
    run_pending()
    assert [row.id for row in page(query, access=access).rows] == [second, first]
    assert [row.id for row in page(below, access=access).rows] == [second]


def test_a_killed_job_goes_on_where_it_was(company: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = retype(field("x", "integer"), field("x", "decimal"), *range(1, 8))
    monkeypatch.setattr("records.conversions.jobs.CHUNK", 3)
    whole, calls = services.refresh, []

    def dies_once(some: Any, *, snapshot: Any) -> Any:
        calls.append(list(some))
        if len(calls) == 2:
            raise RuntimeError("killed")
        return whole(some, snapshot=snapshot)

    monkeypatch.setattr("records.services.refresh", dies_once)
    run_pending()
    assert [len(some) for some in calls] == [3, 3, 3, 1]
    assert [str(value(pk)) for pk in ids] == [f"{n}.00" for n in range(1, 8)]
    assert Event.objects.filter(action="converted").count() == 7


def test_options_that_come_later_take_in_what_was_left(company: Any) -> None:
    (pk,) = retype(field("x"), field("x", "choice", choices=[option("it")]), "Farming")
    run_pending()
    assert value(pk) is None
    small.publish(thing(field("x", "choice", choices=[option("it"), option("farming")])))
    run_pending()
    assert value(pk) == "farming" and "x" not in data(pk)


def test_another_base_currency_values_money_anew(company: Any) -> None:
    (pk,) = (create("deal", name="D", amount="10 EUR"),)
    candidate = small.small_company()
    candidate["company"]["base_currency"] = "RON"
    small.publish(company=candidate)
    assert str(value(pk, "amount")) == "10.00 EUR"
    run_pending()
    assert str(value(pk, "amount")) == "10.00 EUR" and value(pk, "amount").base is None
    change(pk, amount="7 RON")
    assert value(pk, "amount").base == 7


@pytest.mark.parametrize(
    ("op", "operand", "expected"),
    [("gte", 10, ["far", "near"]), ("lt", 10, []), ("is_set", None, ["far", "near"])],
)
def test_conditions_over_several_types_read_each_where_its_values_stand(
    company: Any, op: str, operand: Any, expected: list[str]
) -> None:
    """A leftover of the one type stands where the other type has its values."""
    link = field("near", "link", options={"targets": ["thing", "organisation"]})
    old, new = thing(field("x")), thing(field("x", "integer"))
    base = small.organisation()
    organisation = {**base, "fields": [*base["fields"], field("x", "integer")]}
    holder = record_type("holder", field("name"), link, title_template="{name}")
    small.publish(old, organisation, holder)
    retyped, left = create("thing", name="A", x="12"), create("thing", name="B", x="a dozen")
    plain = create("organisation", name="C", x=12)
    for name, target in (("near", plain), ("far", retyped), ("left", left)):
        create("holder", name=name, near=target)
    small.publish(new, organisation, holder)
    run_pending()
    where = {"field": "near.x", "op": op, **({} if operand is None else {"value": operand})}
    query = Query(live().types["holder"], where=where, sort="title")
    assert [row.title for row in page(query, access=Access.system()).rows] == expected
