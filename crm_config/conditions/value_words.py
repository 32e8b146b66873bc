"""Operands in words: a label instead of an option's key, a name instead of a number."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import singledispatch

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from crm_config.conditions.dynamic import Dynamic, Shift
from crm_config.conditions.operands import (
    Day,
    Instant,
    Literal,
    Nothing,
    OnePerson,
    Operand,
    Pair,
    People,
    Period,
    RelativeDay,
    RelativeInstant,
    Several,
)
from crm_config.conditions.paths import FieldPath, is_link, plain
from crm_config.field_types.base import Names
from crm_config.field_types.support.locale import date_text, number_text, time_text

PERIODS: Mapping[str, Promise] = {
    "today": gettext_lazy("today"),
    "yesterday": gettext_lazy("yesterday"),
    "tomorrow": gettext_lazy("tomorrow"),
    "this_week": gettext_lazy("this week"),
    "last_week": gettext_lazy("last week"),
    "next_week": gettext_lazy("next week"),
    "this_month": gettext_lazy("this month"),
    "last_month": gettext_lazy("last month"),
    "next_month": gettext_lazy("next month"),
    "this_quarter": gettext_lazy("this quarter"),
    "last_quarter": gettext_lazy("last quarter"),
    "next_quarter": gettext_lazy("next quarter"),
    "this_year": gettext_lazy("this year"),
    "last_year": gettext_lazy("last year"),
    "next_year": gettext_lazy("next year"),
}
COUNTED: Mapping[str, Callable[[int], str]] = {
    "last_days": lambda n: ngettext("the last %(n)s day", "the last %(n)s days", n) % {"n": n},
    "next_days": lambda n: ngettext("the next %(n)s day", "the next %(n)s days", n) % {"n": n},
}
UNITS: Mapping[str, Callable[[int], str]] = {
    "minutes": lambda n: ngettext("%(n)s minute", "%(n)s minutes", n) % {"n": n},
    "hours": lambda n: ngettext("%(n)s hour", "%(n)s hours", n) % {"n": n},
    "days": lambda n: ngettext("%(n)s day", "%(n)s days", n) % {"n": n},
    "weeks": lambda n: ngettext("%(n)s week", "%(n)s weeks", n) % {"n": n},
    "months": lambda n: ngettext("%(n)s month", "%(n)s months", n) % {"n": n},
    "years": lambda n: ngettext("%(n)s year", "%(n)s years", n) % {"n": n},
}


@singledispatch
def shown(operand: Operand, path: FieldPath | None, names: Names) -> str:
    """`path` is None where numbers of records are compared."""
    raise TypeError(f"Not an operand: {operand!r}")


@shown.register
def _nothing(operand: Nothing, path: FieldPath | None, names: Names) -> str:
    return ""


@shown.register
def _literal(operand: Literal, path: FieldPath | None, names: Names) -> str:
    if path is None:
        return number_text(operand.value)
    if is_link(path.field):
        label = names.records.get(operand.value)
        hidden = label is None or not (label.visible and label.title)
        return _("record %(id)s") % {"id": operand.value} if hidden else f"“{label.title}”"  # type: ignore[union-attr]
    return _stored(operand, path, names)


def _stored(operand: Literal, path: FieldPath, names: Names) -> str:
    for declared in path.fields.values():
        field = plain(declared)
        if field.type.has_choices:
            if operand.value in field.choice_map:
                return f"“{field.choice_map[operand.value].label}”"
        elif field.type.sql_kind == "bigint" or "between" in field.type.operators:
            value = field.type.from_comparable(field, operand.value)
            return str(field.type.display(field, value, names))
    return f"“{operand.raw}”"


@shown.register
def _day(operand: Day, path: FieldPath | None, names: Names) -> str:
    return date_text(operand.day)


@shown.register
def _instant(operand: Instant, path: FieldPath | None, names: Names) -> str:
    return f"{date_text(operand.at.date())} {time_text(operand.at)} UTC"


@shown.register
def _person(operand: OnePerson | People, path: FieldPath | None, names: Names) -> str:
    return str(operand.dynamic.label)


@shown.register
def _relative(operand: RelativeDay | RelativeInstant, path: FieldPath | None, names: Names) -> str:
    return relative(operand.dynamic, operand.shift)


def relative(dynamic: Dynamic, shift: Shift) -> str:
    text = str(dynamic.label)
    for unit, count in shift:
        phrase = (
            _("%(amount)s after %(moment)s") if count > 0 else _("%(amount)s before %(moment)s")
        )
        if count:
            text = phrase % {"amount": UNITS[unit](abs(count)), "moment": text}
    return text


@shown.register
def _period(operand: Period, path: FieldPath | None, names: Names) -> str:
    if operand.count is None:
        return str(PERIODS[operand.key])
    return COUNTED[operand.key](operand.count)


@shown.register
def _several(operand: Several, path: FieldPath | None, names: Names) -> str:
    return ", ".join(shown(item, path, names) for item in operand.items)


@shown.register
def _pair(operand: Pair, path: FieldPath | None, names: Names) -> str:
    low, high = shown(operand.low, path, names), shown(operand.high, path, names)
    return _("%(low)s and %(high)s") % {"low": low, "high": high}
