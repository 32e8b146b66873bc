"""One value of a field's former form as a value of its present one. Knows no records."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from crm_config import labels
from crm_config.conditions.readers import RESTRICTING
from crm_config.definitions import FieldDef
from crm_config.field_types.base import ValueRefused
from crm_config.field_types.money import Money
from crm_config.field_types.rich_text import plain_text
from crm_config.field_types.support import currencies
from crm_config.field_types.support.numbers import scaled_down
from records.conversions.context import Converting
from records.conversions.table import TEXTS, possible

NUMBERS = frozenset({"integer", "decimal", "percent", "rating"})


@dataclass(frozen=True)
class Converted:
    """`exact` is False where something was cut off: digits, the time of day."""

    value: Any
    exact: bool = True


def convert(before: FieldDef, after: FieldDef, value: Any, context: Converting) -> Converted:
    """Raises `ValueRefused` where the value is none of the new kind.

    Limits do not count (least, greatest, pattern): like every value older than its limit, one that is
    beyond it stands until somebody changes it.
    """
    if not possible(before, after):
        raise ValueRefused("no_conversion", _("Values of this kind cannot become that kind."))
    raw = _raw(before, after, value, context)
    field = unlimited(after)
    new = field.type.coerce(field, raw, context.coerce)
    if new is None:
        raise ValueRefused("nothing_left", _("Nothing is left of it."))
    return Converted(new, exact=_exact(before, after, value, new, context))


@lru_cache(maxsize=512)
def unlimited(field: FieldDef) -> FieldDef:
    options = {k: v for k, v in field.options.items() if k not in RESTRICTING}
    return replace(field, options=options)


def _raw(before: FieldDef, after: FieldDef, value: Any, context: Converting) -> Any:
    old, new = before.type.kind, after.type.kind
    for sources, targets, make in _WAYS:
        if old in sources and new in targets:
            return make(before, after, value, context)
    return value if old == new else before.type.to_text(before, value)


def _rescaled(before: FieldDef, after: FieldDef, value: Any, context: Converting) -> Any:
    number = Decimal(value)
    rounded = getattr(after.type, "rounded", None)
    return rounded(after, number) if rounded else scaled_down(number, 0)


def _amount(before: FieldDef, after: FieldDef, value: Any, context: Converting) -> Any:
    base = str(after.options.get("base_currency") or context.coerce.base_currency)
    return {"amount": scaled_down(Decimal(value), currencies.decimals(base)), "currency": base}


def _worth(before: FieldDef, after: FieldDef, value: Money, context: Converting) -> Any:
    if value.base is None:
        raise ValueRefused("no_rate", _("There is no exchange rate for it."))
    return _rescaled(before, after, value.base, context)


def _revalued(before: FieldDef, after: FieldDef, value: Money, context: Converting) -> Any:
    return Money(value.amount, value.currency)


def _option_label(before: FieldDef, after: FieldDef, value: str, context: Converting) -> str:
    option = before.choice_map.get(value)
    return labels.text(option.labels, language=context.language, default=value) if option else value


def _option_labels(before: FieldDef, after: FieldDef, value: Any, context: Converting) -> str:
    return "; ".join(_option_label(before, after, key, context) for key in value)


def _only_one(before: FieldDef, after: FieldDef, value: Any, context: Converting) -> str:
    if len(value) > 1:
        raise ValueRefused("one_only", _("It holds several options."))
    return str(value[0])


def _words(before: FieldDef, after: FieldDef, value: str, context: Converting) -> str:
    return plain_text(value)


def _day(before: FieldDef, after: FieldDef, value: Any, context: Converting) -> Any:
    return value.astimezone(context.coerce.tz).date()


def _person(before: FieldDef, after: FieldDef, value: int, context: Converting) -> str:
    return context.users.get(value, "")


def _team(before: FieldDef, after: FieldDef, value: int, context: Converting) -> str:
    return context.teams.get(value, "")


def _list_of_one(before: FieldDef, after: FieldDef, value: Any, context: Converting) -> Any:
    return [value]


Make = Callable[[FieldDef, FieldDef, Any, Converting], Any]
#: From these kinds to those, this way; all else as text, which each kind reads and writes.
_WAYS: tuple[tuple[frozenset[str], frozenset[str], Make], ...] = (
    (NUMBERS, NUMBERS, _rescaled),
    (NUMBERS, frozenset({"money"}), _amount),
    (frozenset({"money"}), NUMBERS, _worth),
    (frozenset({"money"}), frozenset({"money"}), _revalued),
    (frozenset({"choice"}), TEXTS, _option_label),
    (frozenset({"multi_choice"}), TEXTS, _option_labels),
    (frozenset({"multi_choice"}), frozenset({"choice"}), _only_one),
    (frozenset({"choice"}), frozenset({"multi_choice"}), _list_of_one),
    (frozenset({"rich_text"}), TEXTS, _words),
    (frozenset({"datetime"}), frozenset({"date"}), _day),
    (frozenset({"user"}), TEXTS, _person),
    (frozenset({"team"}), TEXTS, _team),
)


def _exact(before: FieldDef, after: FieldDef, value: Any, new: Any, context: Converting) -> bool:
    check = _CUTS.get((before.type.kind, after.type.kind))
    if check is None and before.type.kind in NUMBERS and after.type.kind in NUMBERS | {"money"}:
        check = _same_number
    return check is None or check(value, new, context.coerce.tz)


def _same_number(value: Any, new: Any, tz: ZoneInfo) -> bool:
    return Decimal(value) == Decimal(new.amount if isinstance(new, Money) else new)


def _same_worth(value: Money, new: Any, tz: ZoneInfo) -> bool:
    return value.base == Decimal(new) and value.base == value.amount


def _at_midnight(value: Any, new: Any, tz: ZoneInfo) -> bool:
    return not any(getattr(value.astimezone(tz), part) for part in ("hour", "minute", "second"))


_CUTS: Mapping[tuple[str, str], Callable[[Any, Any, ZoneInfo], bool]] = {
    ("money", "integer"): _same_worth,
    ("money", "decimal"): _same_worth,
    ("datetime", "date"): _at_midnight,
    ("rich_text", "text"): lambda value, new, tz: False,
    ("rich_text", "long_text"): lambda value, new, tz: False,
}
