"""A moment in a filter: a fixed day, or one that moves along with today."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm_config.conditions.api import DYNAMICS, PERIODS
from crm_config.field_types.support.widgets import PartsField

DAY, AGO, AHEAD = "day", "ago", "ahead"
#: The days that a filter may name, such as the start of this month.
NAMED = [(key, dynamic.label) for key, dynamic in DYNAMICS.items() if dynamic.yields == "day"]
KINDS = [(DAY, _("this day")), *NAMED, (AGO, _("so long ago")), (AHEAD, _("so long from now"))]
UNITS = [("days", _("days")), ("weeks", _("weeks")), ("months", _("months")), ("years", _("years"))]
COUNTED = [("last_days", _("the last … days")), ("next_days", _("the next … days"))]
MOST_DAYS = 3650


class MomentField(PartsField):
    """Cleans to a condition's operand. `dynamics` are those that it may name."""

    def __init__(self, *, dynamics: Container[str] = frozenset(DYNAMICS), **kwargs: Any) -> None:
        parts: dict[str, forms.Field] = {
            "kind": forms.ChoiceField(choices=[k for k in KINDS if _allowed(k[0], dynamics)]),
            "day": forms.DateField(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")),
            "number": forms.IntegerField(min_value=0, max_value=MOST_DAYS),
            "unit": forms.ChoiceField(choices=UNITS),
        }
        names = {"kind": _("When"), "day": _("Day"), "number": _("How many"), "unit": _("Of")}
        super().__init__(parts, names, **kwargs)

    def compress(self, data_list: Iterable[Any]) -> Any:
        given = super().compress(data_list) or {}
        kind = given.get("kind", DAY)
        if kind == DAY:
            return self._day(given.get("day"))
        if kind in (AGO, AHEAD):
            number = given.get("number")
            if number is None:
                raise forms.ValidationError(_("Say how many days."))
            unit = given.get("unit", "days")
            return {"dynamic": "today", "add": {unit: -number if kind == AGO else number}}
        return {"dynamic": kind}

    def _day(self, day: date | None) -> str:
        if day is None:
            raise forms.ValidationError(_("Choose a day."))
        return day.isoformat()


def _allowed(kind: str, dynamics: Container[str]) -> bool:
    return kind == DAY or {AGO: "today", AHEAD: "today"}.get(kind, kind) in dynamics


def moment_initial(raw: Any) -> dict[str, Any] | None:
    """The parts for a condition's operand; None for one that this form cannot show."""
    if isinstance(raw, str):
        return {"kind": DAY, "day": raw[:10]}
    if not isinstance(raw, Mapping):
        return None
    added = raw.get("add") or {}
    if not added:
        return {"kind": raw.get("dynamic")}
    if raw.get("dynamic") != "today" or len(added) != 1:
        return None
    ((unit, number),) = added.items()
    return {"kind": AGO if number < 0 else AHEAD, "number": abs(number), "unit": unit}


class PeriodField(PartsField):
    """Cleans to a period, such as this week or the last 30 days."""

    def __init__(self, **kwargs: Any) -> None:
        parts: dict[str, forms.Field] = {
            "kind": forms.ChoiceField(choices=[*PERIODS.items(), *COUNTED]),
            "number": forms.IntegerField(min_value=1, max_value=MOST_DAYS),
        }
        names = {"kind": _("Period"), "number": _("Number of days")}
        super().__init__(parts, names, **kwargs)

    def compress(self, data_list: Iterable[Any]) -> Any:
        given = super().compress(data_list) or {}
        kind = given.get("kind", "today")
        if kind not in dict(COUNTED):
            return kind
        if "number" not in given:
            raise forms.ValidationError(_("Say how many days."))
        return {kind: given["number"]}


def period_initial(raw: Any) -> dict[str, Any] | None:
    if isinstance(raw, str):
        return {"kind": raw}
    if isinstance(raw, Mapping) and raw:
        ((kind, number),) = raw.items()
        return {"kind": kind, "number": number}
    return None
