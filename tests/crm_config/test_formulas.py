"""Formulas: what they compute, what they refuse, and that nothing else can be reached through them."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from crm_config.formulas import FormulaInvalid, check, compute
from crm_config.formulas.amounts import Amount
from crm_config.formulas.functions import FUNCTIONS
from crm_config.formulas.kinds import Kind

KINDS: dict[str, Kind] = {
    "a": "number",
    "b": "number",
    "name": "text",
    "price": "money",
    "cost": "money",
    "start": "date",
    "at": "datetime",
    "ready": "boolean",
    "company.size": "number",
}


def kind(path: str) -> Kind:
    try:
        return KINDS[path]
    except KeyError:
        raise FormulaInvalid(f"There is no field {path}.") from None


def euro(amount: str) -> Amount:
    return Amount(Decimal(amount), "EUR", Decimal(amount), "EUR")


def lei(amount: str) -> Amount:
    return Amount(Decimal(amount), "RON", Decimal(amount) / 5, "EUR")


VALUES: dict[str, Any] = {
    "a": Decimal("7"),
    "b": Decimal("2"),
    "name": "Ada",
    "price": euro("12.50"),
    "cost": lei("10"),
    "start": date(2024, 1, 31),
    "at": datetime(2024, 2, 29, 23, 30, tzinfo=UTC),
    "ready": True,
    "company.size": 40,
}


@pytest.mark.parametrize(
    ("expression", "result_kind", "result"),
    [
        ("a + b * 2", "number", Decimal(11)),
        ("a / b", "number", Decimal("3.5")),
        ("0.1 + 0.2", "number", Decimal("0.3")),
        ("a // b + a % b", "number", Decimal(4)),
        ("-a", "number", Decimal(-7)),
        ("company.size * a", "number", Decimal(280)),
        ("price * 2", "money", euro("25.00")),
        ("price + cost", "money", euro("14.50")),
        ("price / cost", "number", Decimal("6.25")),
        ("price > cost", "boolean", True),
        ("name + '!'", "text", "Ada!"),
        ("concat(name, ' ', missing_is_empty)", "text", None),
        ("a if ready else b", "number", Decimal(7)),
        ("choose(a > 5, 'big', 'small')", "text", "big"),
        ("not ready or a == 7", "boolean", True),
        ("add_months(start, 1)", "date", date(2024, 2, 29)),
        ("add_days(start, 1)", "date", date(2024, 2, 1)),
        ("days_between(start, at)", "number", 29),
        ("year(start) * 100 + month(start)", "number", 202401),
        ("day(at)", "date", date(2024, 2, 29)),
        ("round(a / 3, 2)", "number", Decimal("2.33")),
        ("round(2.5)", "number", Decimal(3)),
        ("floor(-2.5) + ceil(2.1)", "number", Decimal(0)),
        ("max(a, b) - min(a, b)", "number", Decimal(5)),
        ("abs(b - a)", "number", Decimal(5)),
        ("upper(left(name, 2)) + lower(name)", "text", "ADada"),
        ("length(name)", "number", 3),
        ("contains(name, 'AD')", "boolean", True),
        ("amount(price)", "number", Decimal("12.50")),
        ("if_empty(None, a)", "number", Decimal(7)),
        ("is_empty(name)", "boolean", False),
    ],
)
def test_what_formulas_compute(expression: str, result_kind: Kind, result: Any) -> None:
    if result is not None:
        assert check(expression, kind) == result_kind
    assert compute(expression, VALUES) == (result if result is not None else "Ada ")


def test_an_empty_operand_makes_the_result_empty() -> None:
    for expression in ("a + 1", "price * 2", "upper(name)", "days_between(start, at)", "-a"):
        assert compute(expression, {}) is None
    assert compute("a > 1", {}) is False
    assert compute("concat(name, 'x')", {}) == "x"


def test_what_cannot_be_worked_out_is_empty() -> None:
    assert compute("a / b", {"a": 1, "b": 0}) is None
    assert (
        compute(
            "price + cost", {"price": euro("1"), "cost": Amount(Decimal(1), "USD", None, "EUR")}
        )
        is None
    )
    assert compute("add_months(start, 999999)", {"start": date(2024, 1, 1)}) is None


@pytest.mark.parametrize(
    "expression",
    [
        "__import__('os').system('true')",
        "a.__class__",
        "name.__class__.__mro__",
        "().__class__",
        "[x for x in (1, 2)]",
        "lambda: 1",
        "(lambda: 1)()",
        "a ** 99",
        "'x' * 1000000",
        "f'{a}'",
        "a[0]",
        "open('x')",
        "round(number=a)",
        "max(*a)",
        "a if name else b",
        "name - name",
        "price * price",
        "price + 1",
        "start + 1",
        "a == name",
        "unknown + 1",
        "company.name.first",
        "a +",
        "",
        "a; b",
        "a := 1",
        "1 +" * 400 + "1",
        "(" * 120 + "a" + ")" * 120 + "+" + "+".join("a" * 200),
        "b'x'",
        "1j",
    ],
)
def test_what_cannot_be_published(expression: str) -> None:
    with pytest.raises(FormulaInvalid):
        check(expression, kind)


def test_every_function_is_documented() -> None:
    text = Path("docs/formulas.md").read_text()
    for name, function in FUNCTIONS.items():
        assert re.search(rf"`{re.escape(function.usage)}`", text), name
