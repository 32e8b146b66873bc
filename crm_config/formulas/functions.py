"""The functions of formulas: what each takes and gives. A new one is one entry; docs/formulas.md names it."""

import calendar
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Any

from crm_config.formulas.kinds import Kind

#: Takes the kinds of the arguments, gives the kind of the result, or None where they do not fit.
Signature = Callable[[Sequence[Kind | None]], Kind | None]


@dataclass(frozen=True)
class Function:
    """`usage` shows how it is written. Unless `takes_empty`, an empty argument makes the result empty."""

    run: Callable[..., Any]
    signature: Signature
    usage: str
    takes_empty: bool = False


def fixed(result: Kind, *arguments: Kind | tuple[Kind, ...], optional: int = 0) -> Signature:
    """So many arguments of these kinds; the last `optional` ones may be left out."""

    def signature(kinds: Sequence[Kind | None]) -> Kind | None:
        if not len(arguments) - optional <= len(kinds) <= len(arguments):
            return None
        fits = (
            kind is None or kind in (wanted if isinstance(wanted, tuple) else (wanted,))
            for kind, wanted in zip(kinds, arguments, strict=False)
        )
        return result if all(fits) else None

    return signature


def alike(*allowed: Kind, least: int = 2) -> Signature:
    """Any number of arguments of one kind, which is that of the result."""

    def signature(kinds: Sequence[Kind | None]) -> Kind | None:
        known = {kind for kind in kinds if kind is not None}
        if len(kinds) < least or len(known) != 1 or (allowed and not known <= set(allowed)):
            return None
        return known.pop()

    return signature


def choice(kinds: Sequence[Kind | None]) -> Kind | None:
    """`choose(condition, a, b)`."""
    if len(kinds) != 3 or kinds[0] != "boolean":
        return None
    return alike(least=2)(kinds[1:])


def anything(result: Kind) -> Signature:
    return lambda kinds: result if len(kinds) == 1 else None


def texts(kinds: Sequence[Kind | None]) -> Kind | None:
    return "text" if kinds and all(kind in ("text", None) for kind in kinds) else None


def rounded(number: Any, digits: Any = 0) -> Decimal:
    return Decimal(number).quantize(Decimal(1).scaleb(-int(digits)), ROUND_HALF_UP)


def add_months(day: date, months: Any) -> date:
    """The same day so many months on; the last day of the month where there is no such day."""
    index = day.year * 12 + day.month - 1 + int(months)
    year, month = divmod(index, 12)
    return day.replace(
        year=year, month=month + 1, day=min(day.day, calendar.monthrange(year, month + 1)[1])
    )


def days_between(first: date, last: date) -> int:
    return (_day(last) - _day(first)).days


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


MOMENT: tuple[Kind, ...] = ("date", "datetime")

FUNCTIONS: Mapping[str, Function] = {
    "round": Function(
        rounded, fixed("number", "number", "number", optional=1), "round(number, digits)"
    ),
    "floor": Function(
        lambda n: Decimal(n).to_integral_value(ROUND_FLOOR),
        fixed("number", "number"),
        "floor(number)",
    ),
    "ceil": Function(
        lambda n: Decimal(n).to_integral_value(ROUND_CEILING),
        fixed("number", "number"),
        "ceil(number)",
    ),
    "abs": Function(abs, alike("number", "money", least=1), "abs(number)"),
    "min": Function(min, alike("number", "money", "date", "datetime"), "min(a, b, …)"),
    "max": Function(max, alike("number", "money", "date", "datetime"), "max(a, b, …)"),
    "choose": Function(
        lambda c, a, b: a if c else b, choice, "choose(condition, a, b)", takes_empty=True
    ),
    "if_empty": Function(
        lambda *values: next((v for v in values if v is not None), None),
        alike(),
        "if_empty(value, instead)",
        takes_empty=True,
    ),
    "is_empty": Function(
        lambda value: value is None, anything("boolean"), "is_empty(value)", takes_empty=True
    ),
    "concat": Function(
        lambda *parts: "".join(part for part in parts if part is not None) or None,
        texts,
        "concat(text, …)",
        takes_empty=True,
    ),
    "upper": Function(str.upper, fixed("text", "text"), "upper(text)"),
    "lower": Function(str.lower, fixed("text", "text"), "lower(text)"),
    "length": Function(len, fixed("number", "text"), "length(text)"),
    "left": Function(
        lambda text, n: text[: max(0, int(n))],
        fixed("text", "text", "number"),
        "left(text, number)",
    ),
    "contains": Function(
        lambda text, part: part.casefold() in text.casefold(),
        fixed("boolean", "text", "text"),
        "contains(text, part)",
    ),
    "days_between": Function(
        days_between, fixed("number", MOMENT, MOMENT), "days_between(first, last)"
    ),
    "add_days": Function(
        lambda day, n: day + timedelta(days=int(n)),
        fixed("date", "date", "number"),
        "add_days(date, number)",
    ),
    "add_months": Function(add_months, fixed("date", "date", "number"), "add_months(date, number)"),
    "year": Function(lambda day: day.year, fixed("number", MOMENT), "year(date)"),
    "month": Function(lambda day: day.month, fixed("number", MOMENT), "month(date)"),
    "day": Function(_day, fixed("date", "datetime"), "day(datetime)"),
    "amount": Function(lambda money: money.amount, fixed("number", "money"), "amount(money)"),
}
