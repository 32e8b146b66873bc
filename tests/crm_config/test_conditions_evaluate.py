"""What conditions mean, one record at a time."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from crm_config.conditions.api import Standpoint
from crm_config.conditions.tree import Compare
from tests.crm_config.condition_company import AT, condition, holds, record, rule


def says(field: str, op: str, *value: Any) -> dict[str, Any]:
    return {"field": field, "op": op, **({"value": value[0]} if value else {})}


@pytest.mark.parametrize(
    ("name", "op", "value", "verdict"),
    [
        ("Straße", "eq", "STRASSE", True),
        ("İzmir", "contains", "i\u0307z", True),
        ("ﬁne", "starts_with", "FI", True),
        ("100 %", "contains", "%", True),
        ("100", "contains", "%", False),
        ("a_b", "ends_with", "_b", True),
        ("Ωmega", "in", ["x", "ωMEGA"], True),
        ("Ωmega", "not_in", ["x", "ωMEGA"], False),
        ("Aegean", "neq", "aegean", False),
        ("Aegean", "not_contains", "z", True),
    ],
)
def test_text_compares_without_regard_to_case_and_width(
    name: str, op: str, value: Any, verdict: bool
) -> None:
    assert holds(says("name", op, value), record(name=name)) is verdict


@pytest.mark.parametrize(
    "leaf",
    [
        says("name", "eq", "x"),
        says("name", "contains", "x"),
        says("industry", "in", ["it"]),
        says("tags", "has_all", ["it"]),
        says("tags", "equals", ["it"]),
        says("staff", "lt", 5),
        says("founded", "within", "this_year"),
        says("public", "is_true"),
        says("public", "is_false"),
        says("buyer", "eq", {"dynamic": "me"}),
        says("holding", "linked_to", [(1 << 40) + 5]),
        says("holding.name", "eq", "x"),
        says("staff", "eq", {"field": "capacity"}),
        says("name", "is_set"),
        says("holding", "is_set"),
        says("holding.name", "is_set"),
    ],
)
def test_a_comparison_is_false_on_an_empty_value_and_its_negation_true(
    leaf: dict[str, Any],
) -> None:
    assert holds(leaf, record()) is False
    assert holds({"not": leaf}, record()) is True


@pytest.mark.parametrize("field", ["name", "staff", "tags", "public", "holding", "holding.staff"])
def test_only_is_empty_holds_for_nothing(field: str) -> None:
    assert holds(says(field, "is_empty"), record())


def test_groups_of_nothing() -> None:
    assert holds({"all": []}, record())
    assert not holds({"any": []}, record())
    assert not holds({"not": {"all": []}}, record())


def test_several_options() -> None:
    both = record(tags=["it", "retail"])

    assert holds(says("tags", "has_any", ["it", "old"]), both)
    assert holds(says("tags", "has_all", ["retail", "it"]), both)
    assert not holds(says("tags", "has_all", ["it", "old"]), both)
    assert not holds(says("tags", "equals", ["it"]), both)
    assert holds(says("tags", "equals", ["retail", "it", "it"]), both)
    assert holds(says("tags", "has_none", ["old"]), both)


def test_money_is_compared_in_the_base_currency() -> None:
    assert holds(says("amount", "gte", 1000), record("deal", amount="1000 EUR"))
    assert not holds(says("amount", "gte", "1000.01"), record("deal", amount="1000 EUR"))


def test_an_amount_without_a_rate_is_there_but_compares_with_nothing() -> None:
    unknown = record("deal", amount={"amount": "5", "currency": "RON"})

    assert holds(says("amount", "is_set"), unknown)
    assert not holds(says("amount", "lt", 1000), unknown)
    assert not holds(says("amount", "gte", 0), unknown)


def test_two_fields_of_the_record() -> None:
    deal = record("deal", amount="5 EUR", budget="4 EUR")

    assert holds(says("amount", "gt", {"field": "budget"}), deal)
    assert not holds(says("amount", "lte", {"field": "budget"}), deal)


# -- moments


@pytest.mark.parametrize(
    ("met", "op", "value", "verdict"),
    [
        # 1 March 2026 in Bucharest lasts from 22:00 UTC the evening before to 22:00 UTC.
        ("2026-02-28T22:00:00Z", "eq", "2026-03-01", True),
        ("2026-02-28T21:59:59.999999Z", "eq", "2026-03-01", False),
        ("2026-03-01T21:59:59.999999Z", "eq", "2026-03-01", True),
        ("2026-03-01T22:00:00Z", "eq", "2026-03-01", False),
        ("2026-03-01T22:00:00Z", "gt", "2026-03-01", True),
        ("2026-03-01T21:59:00Z", "gt", "2026-03-01", False),
        ("2026-03-01T21:59:00Z", "lte", "2026-03-01", True),
        ("2026-02-28T21:59:00Z", "lt", "2026-03-01", True),
        ("2026-03-01T12:00:00Z", "eq", "2026-03-01T14:00:00+02:00", True),
        ("2026-03-01T12:00:00.000001Z", "gt", "2026-03-01T12:00:00Z", True),
        ("2026-03-01T22:00:00Z", "between", ["2026-02-27", "2026-03-01"], False),
        ("2026-03-01T21:00:00Z", "between", ["2026-02-27", "2026-03-01"], True),
        ("2026-03-01T21:00:00Z", "in", ["2026-01-01", "2026-03-01"], True),
        ("2026-03-01T22:10:00Z", "within", "today", True),
        ("2026-03-01T22:30:00Z", "eq", {"dynamic": "now"}, True),
        ("2026-03-01T20:30:00Z", "gte", {"dynamic": "now", "add": {"hours": -2}}, True),
        ("2026-03-01T20:29:59Z", "gte", {"dynamic": "now", "add": {"hours": -2}}, False),
    ],
)
def test_days_are_those_of_the_company(met: str, op: str, value: Any, verdict: bool) -> None:
    assert holds(says("met", op, value), record("deal", met=met)) is verdict


@pytest.mark.parametrize(
    ("due", "op", "value"),
    [
        # It is Monday, 2 March 2026, in Bucharest.
        ("2026-03-02", "eq", {"dynamic": "today"}),
        ("2026-03-02", "eq", {"dynamic": "start_of_week"}),
        ("2026-03-08", "eq", {"dynamic": "end_of_week"}),
        ("2026-03-01", "within", "yesterday"),
        ("2026-03-03", "within", "tomorrow"),
        ("2026-03-08", "within", "this_week"),
        ("2026-03-01", "within", "last_week"),
        ("2026-04-30", "within", "next_month"),
        ("2026-03-31", "within", "this_quarter"),
        ("2025-10-01", "within", "last_quarter"),
        ("2027-12-31", "within", "next_year"),
        ("2026-03-02", "within", {"last_days": 1}),
        ("2026-02-01", "within", {"last_days": 30}),
        ("2026-03-31", "within", {"next_days": 30}),
        ("2026-01-31", "eq", {"dynamic": "end_of_month", "add": {"months": -2}}),
        ("2025-02-28", "eq", {"dynamic": "today", "add": {"years": -1, "days": -2}}),
    ],
)
def test_relative_days(due: str, op: str, value: Any) -> None:
    assert holds(says("due", op, value), record("deal", due=due))


@pytest.mark.parametrize("due", ["2026-01-31", "2026-04-01"])
def test_the_last_and_the_next_days_have_ends(due: str) -> None:
    deal = record("deal", due=due)

    assert not holds(says("due", "within", {"last_days": 30}), deal)
    assert not holds(says("due", "within", {"next_days": 30}), deal)


def test_a_month_is_added_to_its_last_day() -> None:
    at = replace(AT, now=datetime(2024, 1, 31, 12, tzinfo=UTC))

    leaf = says("due", "eq", {"dynamic": "today", "add": {"months": 1}})

    assert holds(leaf, record("deal", due="2024-02-29"), at)


def test_a_day_of_23_hours() -> None:
    at = Standpoint(datetime(2026, 3, 29, 12, tzinfo=UTC), ZoneInfo("Europe/Bucharest"))
    today = says("met", "within", "today")

    assert holds(today, record("deal", met="2026-03-28T22:00:00Z"), at)
    assert holds(today, record("deal", met="2026-03-29T20:59:59Z"), at)
    assert not holds(today, record("deal", met="2026-03-29T21:00:00Z"), at)


def test_days_beyond_the_calendar_compare_with_nothing() -> None:
    far = {"dynamic": "today", "add": {"years": 9000}}

    assert not holds(says("due", "lt", far), record("deal", due="2026-01-01"))
    assert holds({"not": says("due", "lt", far)}, record("deal", due="2026-01-01"))


# -- people


def test_me_and_my_teams() -> None:
    mine = record(buyer=7, crew=4)

    assert holds(says("buyer", "eq", {"dynamic": "me"}), mine)
    assert holds(says("buyer", "in", [1, {"dynamic": "me"}]), mine)
    assert holds(says("crew", "in", {"dynamic": "my_teams"}), mine)


def test_where_nobody_asks_nothing_is_mine() -> None:
    nobody = replace(AT, me=None, my_teams=frozenset())

    assert not holds(says("buyer", "eq", {"dynamic": "me"}), record(buyer=7), nobody)
    assert not holds(says("crew", "in", {"dynamic": "my_teams"}), record(crew=4), nobody)
    assert holds(says("buyer", "neq", {"dynamic": "me"}), record(buyer=7), nobody)


# -- other records


def test_a_path_holds_when_one_of_the_linked_records_fits() -> None:
    person = record("person", employers=[record(name="A"), record(serial=2, name="B")])

    assert holds(says("employers.name", "eq", "b"), person)
    assert not holds(says("employers.name", "neq", "b"), person)
    assert holds(says("employers.name", "is_set"), person)


def test_a_path_over_two_links() -> None:
    top = record(serial=3, staff=500)
    deal = record("deal", company=record(serial=2, holding=top))

    assert holds(says("company.holding.staff", "gte", 500), deal)


def test_a_path_reads_the_types_that_have_the_field() -> None:
    assert holds(says("subject.staff", "eq", 9), record("deal", subject=record(staff=9)))
    assert not holds(
        says("subject.staff", "is_set"), record("deal", subject=record("person", name="P"))
    )


def company_with_deals(*amounts: str) -> Any:
    company = record(name="Aegean")
    for serial, amount in enumerate(amounts, start=1):
        record("deal", serial, amount=amount, due="2026-03-02", company=company)
    return company


BIG = says("amount", "gte", 100)


@pytest.mark.parametrize(
    ("asked", "verdict"),
    [
        ({"some": True}, True),
        ({"none": True}, False),
        ({"all": True}, False),
        ({"count": {"op": "eq", "value": 2}}, True),
        ({"count": {"op": "neq", "value": 2}}, False),
        ({"count": {"op": "between", "value": [3, 9]}}, False),
        ({"sum": {"field": "amount", "op": "eq", "value": 300}}, True),
        ({"min": {"field": "amount", "op": "gt", "value": 100}}, False),
        ({"max": {"field": "amount", "op": "gt", "value": 100}}, True),
        ({"max": {"field": "due", "op": "within", "value": "today"}}, True),
    ],
)
def test_relations(asked: dict[str, Any], verdict: bool) -> None:
    company = company_with_deals("50 EUR", "100 EUR", "200 EUR")

    assert holds({"related": "deals", "where": BIG, **asked}, company) is verdict


@pytest.mark.parametrize(
    ("asked", "verdict"),
    [
        ({"some": True}, False),
        ({"none": True}, True),
        ({"all": True}, True),
        ({"count": {"op": "eq", "value": 0}}, True),
        ({"sum": {"field": "amount", "op": "lt", "value": 1}}, True),
        ({"min": {"field": "amount", "op": "lt", "value": 1}}, False),
        ({"max": {"field": "amount", "op": "gt", "value": 1}}, False),
    ],
)
def test_relations_without_records(asked: dict[str, Any], verdict: bool) -> None:
    assert holds({"related": "deals", "where": BIG, **asked}, record()) is verdict


def test_archived_records_do_not_count_as_related() -> None:
    company = company_with_deals("200 EUR")
    deal = company.backlinks["deal", "company"][0]
    deal.columns["archived_at"] = "2026-01-01T00:00:00.000000Z"

    assert not holds({"related": "deals", "some": True}, company)


def test_an_archived_record_can_still_be_read_over_a_path() -> None:
    company = record(staff=9)
    company.columns["archived_at"] = "2026-01-01T00:00:00.000000Z"

    assert holds(says("company.staff", "eq", 9), record("deal", company=company))


def test_what_the_author_does_not_see_is_not_there() -> None:
    class Blind:
        def q(self, record_type: Any) -> None:
            raise NotImplementedError

        def sees(self, subject: Any) -> bool:
            return subject.value("owner") == 7

        def field_q(self, f: Any) -> None:
            raise NotImplementedError

        def reads(self, f: Any, subject: Any) -> bool:
            return True

    hidden, seen = record(staff=9, owner=1), record(serial=2, staff=9, owner=7)
    context = replace(rule("deal"), reach=Blind())

    def filtered(raw: Any, subject: Any) -> bool:
        return condition(raw, context=context).test(subject, AT)

    over = says("company.staff", "eq", 9)
    assert not filtered(over, record("deal", company=hidden))
    assert filtered(over, record("deal", company=seen))
    linked = says("company", "linked_to", [hidden.id])
    assert not filtered(linked, record("deal", company=hidden))
    assert filtered({"related": "company", "none": True}, record("deal", company=hidden))


# -- traces


def test_a_trace_tells_what_each_part_saw() -> None:
    raw = {"any": [says("name", "eq", "x"), {"not": says("staff", "gte", 10)}]}

    trace = condition(raw).trace(record(name="Aegean", staff=12), AT)

    assert not trace.verdict
    assert [(leaf.verdict, leaf.saw) for leaf in trace.leaves()] == [
        (False, ("aegean",)),
        (True, (12,)),
    ]
    assert all(isinstance(leaf.node, Compare) for leaf in trace.leaves())


def test_a_trace_of_a_relation_tells_the_figure() -> None:
    raw = {"related": "deals", "sum": {"field": "amount", "op": "gt", "value": 1000}}

    assert condition(raw).trace(company_with_deals("1 EUR", "2 EUR"), AT).saw == (300,)
