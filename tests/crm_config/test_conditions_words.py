"""A condition in plain words, in the reader's language; what it refers to; its shape as a schema."""

from typing import Any

import pytest
from django.utils.translation import override
from jsonschema import Draft202012Validator

from crm_config.conditions import calendar, value_words
from crm_config.conditions.api import Names, json_schema, parse, watching
from crm_config.conditions.dynamic import DAY_UNITS, INSTANT_UNITS
from crm_config.field_types.base import LinkLabel
from tests.crm_config.condition_company import SNAPSHOT, condition, rule, type_of

NAME = {"field": "name", "op": "eq", "value": "Aegean"}
STAFF = {"field": "staff", "op": "gte", "value": 1000}
COMPANY = type_of("company").first_id + 5


@pytest.mark.parametrize(
    ("on", "raw", "words"),
    [
        ("company", NAME, "Name is “Aegean”"),
        ("company", {"all": [NAME, STAFF]}, "Name is “Aegean” and Headcount is at least 1,000"),
        (
            "company",
            {"any": [NAME, {"all": [STAFF, {"not": NAME}]}]},
            "Name is “Aegean” or (Headcount is at least 1,000 and not: Name is “Aegean”)",
        ),
        (
            "company",
            {"field": "industry", "op": "in", "value": ["it", "retail"]},
            "Industry is one of “IT”, “Retail”",
        ),
        ("company", {"field": "public", "op": "is_true"}, "Public is yes"),
        ("company", {"field": "name", "op": "is_empty"}, "Name is empty"),
        (
            "company",
            {"field": "staff", "op": "between", "value": [1, 5]},
            "Headcount is between 1 and 5",
        ),
        ("company", {"field": "buyer", "op": "eq", "value": {"dynamic": "me"}}, "Buyer is me"),
        ("company", {"field": "buyer", "op": "eq", "value": 7}, "Buyer is Ioana"),
        (
            "company",
            {"field": "holding", "op": "linked_to", "value": [COMPANY, COMPANY + 1]},
            f"Holding is linked to “Aegean Optics”, record {COMPANY + 1}",
        ),
        (
            "deal",
            {"field": "company.industry", "op": "neq", "value": "it"},
            "Company › Industry is not “IT”",
        ),
        (
            "deal",
            {"field": "amount", "op": "gte", "value": {"field": "budget"}},
            "Amount is at least Budget",
        ),
        (
            "deal",
            {"field": "due", "op": "lt", "value": {"dynamic": "today", "add": {"days": -30}}},
            "Due is before 30 days before today",
        ),
        ("deal", {"field": "due", "op": "within", "value": "last_week"}, "Due is within last week"),
        (
            "deal",
            {"field": "due", "op": "within", "value": {"next_days": 1}},
            "Due is within the next 1 day",
        ),
        ("deal", {"field": "met", "op": "eq", "value": "2026-01-31"}, "Met is on Jan 31, 2026"),
        (
            "company",
            {"related": "deals", "count": {"op": "gte", "value": 3}},
            "The number of Deals is at least 3",
        ),
        (
            "company",
            {
                "related": "deals",
                "where": {"field": "due", "op": "is_set"},
                "sum": {"field": "amount", "op": "gt", "value": 10},
            },
            "The sum of Amount of Deals (where Due is filled in) is more than €10.00",
        ),
        ("company", {"related": "deals", "none": True}, "There is none of Deals"),
        (
            "company",
            {"related": "deals", "where": {"field": "due", "op": "is_set"}, "all": True},
            "All of Deals fit: Due is filled in",
        ),
        ("company", {"all": []}, "Always"),
        ("company", {"any": []}, "Never"),
    ],
)
def test_words(on: str, raw: Any, words: str) -> None:
    names = Names(
        users={7: "Ioana"}, records={COMPANY: LinkLabel(COMPANY, "Aegean Optics", "company")}
    )

    assert condition(raw, on).words(names) == words


def test_words_of_changes() -> None:
    raw = {"all": [{"changed": "due"}, {"changed_to": {"field": "due", "op": "is_set"}}]}

    words = parse(raw, watching(SNAPSHOT, type_of("deal"))).words()

    assert words == "Due has changed and it has come to be that Due is filled in"


def test_labels_are_those_of_the_reader() -> None:
    with override("pl"):
        words = condition({"field": "industry", "op": "eq", "value": "it"}).words()

    assert "„Informatyka”" in words or "“Informatyka”" in words


def test_every_period_and_unit_has_words() -> None:
    assert value_words.PERIODS.keys() == calendar.PERIODS.keys()
    assert value_words.COUNTED.keys() == calendar.COUNTED.keys()
    assert value_words.UNITS.keys() == {*DAY_UNITS, *INSTANT_UNITS}


# -- references


def test_references_are_paths_in_the_payload() -> None:
    raw = {
        "all": [
            {"field": "company.industry", "op": "in", "value": ["it", "retail"]},
            {"field": "amount", "op": "gt", "value": {"field": "budget"}},
            {"field": "owner", "op": "is_set"},
        ]
    }

    found = condition(raw, "deal").references()

    industry = ("record_types", "company", "fields", "industry")
    assert found == {
        ("record_types", "deal", "fields", "company"),
        industry,
        (*industry, "choices", "it"),
        (*industry, "choices", "retail"),
        ("record_types", "deal", "fields", "amount"),
        ("record_types", "deal", "fields", "budget"),
    }


def test_relations_refer_to_their_link_and_figure() -> None:
    raw = {
        "related": "deals",
        "where": {"field": "due", "op": "is_set"},
        "sum": {"field": "amount", "op": "gt", "value": 10},
    }

    found = {path[3] for path in condition(raw).references()}

    assert found == {"company", "due", "amount"}


# -- schema


def test_the_schema_takes_what_the_parser_takes() -> None:
    validator = Draft202012Validator(json_schema(rule("company")))
    Draft202012Validator.check_schema(json_schema())

    cases: list[dict[str, object]] = [
        {"all": [NAME, {"not": STAFF}]},
        {"any": []},
        {"field": "holding.name", "op": "contains", "value": "x"},
        {"field": "founded", "op": "gte", "value": {"dynamic": "today", "add": {"days": -3}}},
        {"field": "founded", "op": "within", "value": {"last_days": 3}},
        {"field": "founded", "op": "within", "value": "today"},
        {"field": "staff", "op": "eq", "value": {"field": "capacity"}},
        {"field": "staff", "op": "between", "value": [1, 2]},
        {"field": "name", "op": "is_set"},
        {"related": "deals", "some": True},
        {"related": "deals", "where": {"field": "due", "op": "is_set"}, "all": True},
        {"related": "deals", "count": {"op": "gte", "value": 3}},
        {
            "related": "deals",
            "sum": {"field": "amount", "op": "gt", "value": {"amount": "5", "currency": "EUR"}},
        },
    ]
    for good in cases:
        condition(good)
        assert not list(validator.iter_errors(good)), good


@pytest.mark.parametrize(
    "bad",
    [
        "name",
        {},
        {"all": {}},
        {"field": "nope", "op": "eq", "value": 1},
        {"field": "name", "op": "eq", "vaule": 1},
        {"related": "deals"},
        {"related": "deals", "all": True},
        {"related": "deals", "some": False},
        {"changed": "name"},
        {"field": "founded", "op": "eq", "value": {"dynamic": "noon"}},
    ],
)
def test_the_schema_refuses_other_shapes(bad: Any) -> None:
    assert list(Draft202012Validator(json_schema(rule("company"))).iter_errors(bad))
