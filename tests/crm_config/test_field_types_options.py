"""Options that do not fit, and what each type says of itself."""

from types import MappingProxyType
from typing import Any, get_args, get_type_hints

import pytest

from crm_config.compiler import compile_payload
from crm_config.definitions import FieldDef
from crm_config.field_types import registry
from crm_config.field_types.base import FieldType, OptionSpec
from crm_config.field_types.text import TextType


@pytest.mark.parametrize(
    ("type_key", "options"),
    [
        ("text", {"regex": "["}),
        ("text", {"min_length": 9, "max_length": 8}),
        ("integer", {"min": 2, "max": 1}),
        ("decimal", {"min": "x"}),
        ("decimal", {"min": "2", "max": "1.5"}),
        ("percent", {"max": "NaN"}),
        ("money", {"currencies": ["EUR", "DEM"]}),
        ("date", {"min": "tomorrow"}),
        ("phone", {"region": "Romania"}),
        ("link", {"reverse_key": "Two Words"}),
        ("auto_number", {"prefix": "{month}-"}),
        ("auto_number", {"prefix": "A-", "restart": "yearly"}),
        ("rollup", {"relation": "deals", "function": "sum"}),
    ],
)
def test_options_that_do_not_fit_are_told(type_key: str, options: dict[str, Any]) -> None:
    messages = list(registry.get(type_key).check_options(options))
    assert messages
    assert all(str(message).strip() for message in messages)


@pytest.mark.parametrize("type_key", list(registry.MODULES))
def test_the_options_a_type_starts_with_fit(type_key: str) -> None:
    field_type = registry.get(type_key)
    defaults = {spec.key: spec.default for spec in field_type.option_specs}
    needed = {"relation": "deals", "expression": "1", "link": "company", "field": "name"}
    assert list(field_type.check_options({**defaults, **needed})) == []


@pytest.mark.parametrize("type_key", list(registry.MODULES))
def test_a_type_introduces_itself(type_key: str) -> None:
    field_type = registry.get(type_key)
    assert field_type.key == type_key
    assert str(field_type.label).strip()
    assert str(field_type.description).endswith(".")
    assert field_type.example
    assert all(str(spec.label).strip() for spec in field_type.option_specs)


@pytest.mark.parametrize("type_key", list(registry.MODULES))
def test_every_type_can_be_asked_whether_it_is_empty(type_key: str) -> None:
    operators = registry.get(type_key).bound({}).operators
    assert {"is_set", "is_empty"} <= operators.keys()


def test_two_types_of_one_key_are_refused_loudly() -> None:
    found: dict[str, FieldType] = {"text": TextType()}
    with pytest.raises(RuntimeError, match="rename one"):
        registry.register(TextType(), found)


def test_an_unknown_type_names_the_known_ones() -> None:
    with pytest.raises(registry.UnknownFieldType, match="multi_choice"):
        registry.get("colour")


def test_an_option_that_is_not_given_takes_its_default() -> None:
    field_type = registry.get("rating")
    field = FieldDef("deal", "x", field_type, {}, options=MappingProxyType({"max": None}))
    assert field_type.option(field, "max") == 5
    with pytest.raises(StopIteration):
        field_type.option(field, "colour")


def test_option_specs_are_of_known_kinds() -> None:
    known = set(get_args(get_type_hints(OptionSpec)["kind"]))
    for field_type in registry.all_types().values():
        assert {spec.kind for spec in field_type.option_specs} <= known


def described(key: str, type_key: str, **options: Any) -> dict[str, Any]:
    return {"key": key, "type": type_key, "labels": {"en": key}, "options": options}


def compiled() -> dict[str, FieldDef]:
    sector = described("sector", "choice") | {"choices": [{"key": "it", "labels": {"en": "IT"}}]}
    company = [
        sector,
        described("total", "rollup", relation="deals", function="sum", field="amount"),
        described("mean", "rollup", relation="deals", function="average", field="mark"),
        described("deal_count", "rollup", relation="deals"),
        described("loop", "rollup", relation="deals", function="max", field="loop"),
    ]
    deal = [
        described("company", "link", targets=["company"], reverse_key="deals"),
        described("amount", "money"),
        described("mark", "rating", max=10),
        described("company_sector", "lookup", link="company", field="sector"),
        described("company_total", "lookup", link="company", field="total"),
        described("company_owner", "lookup", link="company", field="owner"),
        described("loop", "lookup", link="company", field="loop"),
        described("lost", "lookup", link="company", field="nowhere"),
        described("due", "formula", expression="1", result_type="date"),
    ]
    payload = {
        "company": {"base_currency": "RON"},
        "record_types": [
            {"key": "company", "labels": {"en": "Company"}, "fields": company},
            {"key": "deal", "labels": {"en": "Deal"}, "fields": deal},
        ],
    }
    snapshot = compile_payload(payload, version=1, numbers={"company": 1, "deal": 2})
    return {f.key: f for t in snapshot.types.values() for f in t.fields.values()}


@pytest.mark.parametrize(
    ("key", "kind", "sql_kind"),
    [
        ("total", "money", "bigint"),
        ("mean", "decimal", "bigint"),
        ("deal_count", "integer", "bigint"),
        ("company_sector", "choice", "text"),
        ("company_total", "money", "bigint"),
        ("company_owner", "user", "bigint"),
        ("due", "date", "text"),
        ("loop", "text", "text"),
        ("lost", "text", "text"),
        ("amount", "money", "bigint"),
    ],
)
def test_computed_fields_are_bound_to_what_comes_out_of_them(
    key: str, kind: str, sql_kind: str
) -> None:
    field = compiled()[key]
    assert field.type.kind == kind
    assert field.type.sql_kind == sql_kind
    assert field.type.operators is registry.get(kind).operators


def test_a_looked_up_choice_brings_its_options() -> None:
    field = compiled()["company_sector"]
    assert [option.key for option in field.choices] == ["it"]
    assert "r-label" in str(field.type.render(field, "it", None))


def test_money_learns_the_companys_base_currency() -> None:
    fields = compiled()
    total = fields["total"]
    assert fields["amount"].options["base_currency"] == "RON"
    assert total.type.comparable_key(total) == "total__base"
    assert str(total.type.from_comparable(total, 100)) == "1.00 RON"
