"""What an operator is compared with, asked for in a form: one entry for each kind of operand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from crm_config.conditions.api import DYNAMICS
from crm_config.definitions import FieldDef
from crm_config.field_types.base import CoerceContext, ValueRefused
from records.forms.fields import Choices, form_field, plain
from records.forms.moments import MomentField, PeriodField, moment_initial, period_initial
from records.widgets.choosers import (
    RecordChooser,
    SearchableSelect,
    SearchableSelectMultiple,
    ids_in,
)

Fields = dict[str, forms.Field]
#: Up to here options are tick boxes, beyond it a list.
MOST_BOXES = 12
DAY = {"type": "date"}
VALUE = _("Value")


@dataclass(frozen=True)
class Asking:
    """`fields` makes the form's fields; `read` turns what was cleaned into the condition's JSON, and raises
    `ValueRefused`; `show` gives the initials for JSON that stands already."""

    fields: Callable[[FieldDef, Choices], Fields]
    read: Callable[[FieldDef, Mapping[str, Any], CoerceContext], Any]
    show: Callable[[FieldDef, Any, CoerceContext], dict[str, Any]]


def _json(f: FieldDef, raw: Any, context: CoerceContext) -> Any:
    inner = plain(f)
    value = inner.type.coerce(inner, raw, context)
    if value is None:
        raise ValueRefused("empty", _("Enter a value."))
    return inner.type.to_json(inner, value)


def _initial(f: FieldDef, raw: Any, context: CoerceContext) -> Any:
    inner = plain(f)
    try:
        value = inner.type.coerce(inner, raw, context)
    except ValueRefused:
        return None
    return inner.type.form_initial(inner, value)


# -- people: ids, or those whom a word stands for


def _people(f: FieldDef, choices: Choices, *, several: bool) -> list[tuple[str, Any]]:
    wanted = ("teams",) if f.type.kind == "team" else ("user", "users") if several else ("user",)
    words = [
        (key, d.label)
        for key, d in DYNAMICS.items()
        if d.yields in wanted and key in choices.dynamics
    ]
    known = choices.people.teams if f.type.kind == "team" else choices.people.users
    return [*words, *((str(pk), name) for pk, name in known)]


def _person(raw: str) -> Any:
    return int(raw) if raw.isdigit() else {"dynamic": raw}


def _person_key(raw: Any) -> str:
    return raw.get("dynamic", "") if isinstance(raw, Mapping) else str(raw)


def _is_people(f: FieldDef) -> bool:
    return f.type.kind in ("user", "team")


# -- one value


def _one_fields(f: FieldDef, choices: Choices) -> Fields:
    if _is_people(f):
        offered = _people(f, choices, several=False)
        return {"value": forms.ChoiceField(choices=offered, label=VALUE, widget=SearchableSelect())}
    return {"value": _own_field(f, choices)}


def _own_field(f: FieldDef, choices: Choices, label: Any = VALUE) -> forms.Field:
    more = {"label": label, "help_text": "", "required": True}
    return form_field(plain(f), None, choices, in_dialog=True, **more)


def _one_read(f: FieldDef, cleaned: Mapping[str, Any], context: CoerceContext) -> Any:
    return _person(cleaned["value"]) if _is_people(f) else _json(f, cleaned["value"], context)


def _one_show(f: FieldDef, raw: Any, context: CoerceContext) -> dict[str, Any]:
    return {"value": _person_key(raw) if _is_people(f) else _initial(f, raw, context)}


# -- several values


def _many_fields(f: FieldDef, choices: Choices) -> Fields:
    if f.type.has_choices or _is_people(f):
        offered = (
            _people(f, choices, several=True)
            if _is_people(f)
            else [(o.key, o.label) for o in f.choices]
        )
        few = len(offered) <= MOST_BOXES
        widget = forms.CheckboxSelectMultiple if few else SearchableSelectMultiple
        return {"value": forms.MultipleChoiceField(choices=offered, label=VALUE, widget=widget)}
    return {"value": _lines(_("One on each line."))}


def _lines(help_text: Any) -> forms.Field:
    return forms.CharField(label=VALUE, help_text=help_text, widget=forms.Textarea({"rows": 4}))


def _many_read(f: FieldDef, cleaned: Mapping[str, Any], context: CoerceContext) -> Any:
    if _is_people(f):
        return [_person(key) for key in cleaned["value"]]
    if f.type.has_choices:
        return list(cleaned["value"])
    return [_json(f, line, context) for line in cleaned["value"].splitlines() if line.strip()]


def _many_show(f: FieldDef, raw: Any, context: CoerceContext) -> dict[str, Any]:
    values = raw if isinstance(raw, list) else [raw]
    if _is_people(f):
        return {"value": [_person_key(each) for each in values]}
    return {"value": values if f.type.has_choices else "\n".join(map(_line, values))}


def _line(raw: Any) -> str:
    """An amount of money as people write it."""
    return " ".join(map(str, raw.values())) if isinstance(raw, Mapping) else str(raw)


# -- from one value to another


def _range_fields(f: FieldDef, choices: Choices) -> Fields:
    return {"low": _own_field(f, choices, _("From")), "high": _own_field(f, choices, _("To"))}


def _range_read(f: FieldDef, cleaned: Mapping[str, Any], context: CoerceContext) -> Any:
    return [_json(f, cleaned["low"], context), _json(f, cleaned["high"], context)]


def _range_show(f: FieldDef, raw: Any, context: CoerceContext) -> dict[str, Any]:
    low, high = raw if isinstance(raw, list) and len(raw) == 2 else (None, None)
    return {"low": _initial(f, low, context), "high": _initial(f, high, context)}


# -- texts, moments, records


def _text_fields(f: FieldDef, choices: Choices) -> Fields:
    return {"value": forms.CharField(label=VALUE, max_length=500)}


def _as_given(f: FieldDef, cleaned: Mapping[str, Any], context: CoerceContext) -> Any:
    return cleaned["value"]


def _as_stored(f: FieldDef, raw: Any, context: CoerceContext) -> dict[str, Any]:
    return {"value": raw}


def _texts_read(f: FieldDef, cleaned: Mapping[str, Any], context: CoerceContext) -> Any:
    return [line.strip() for line in cleaned["value"].splitlines() if line.strip()]


def _texts_show(f: FieldDef, raw: Any, context: CoerceContext) -> dict[str, Any]:
    return {"value": "\n".join(map(str, raw if isinstance(raw, list) else [raw]))}


def _day_range(f: FieldDef, choices: Choices) -> Fields:
    return {
        name: forms.DateField(label=label, widget=forms.DateInput(DAY, format="%Y-%m-%d"))
        for name, label in (("low", _("From")), ("high", _("To")))
    }


def _day_range_read(f: FieldDef, cleaned: Mapping[str, Any], context: CoerceContext) -> Any:
    return [cleaned["low"].isoformat(), cleaned["high"].isoformat()]


def _day_range_show(f: FieldDef, raw: Any, context: CoerceContext) -> dict[str, Any]:
    low, high = raw if isinstance(raw, list) and len(raw) == 2 else ("", "")
    return {"low": str(low)[:10], "high": str(high)[:10]}


class _RecordsField(forms.CharField):
    def clean(self, value: Any) -> list[int]:
        ids = ids_in(super().clean(value))
        if not ids:
            raise forms.ValidationError(_("Choose at least one."))
        return ids


def _record_fields(f: FieldDef, choices: Choices) -> Fields:
    widget = RecordChooser(f, choices.labels, several=True)
    return {"value": _RecordsField(label=VALUE, widget=widget)}


def _record_show(f: FieldDef, raw: Any, context: CoerceContext) -> dict[str, Any]:
    return {"value": raw if isinstance(raw, list) else [raw]}


def keep_standing(fields: Fields, f: FieldDef, standing: Sequence[str], choices: Choices) -> None:
    """Offer what stands already, although it is no longer offered: people who left, retired options."""
    field = fields.get("value")
    if not isinstance(field, forms.ChoiceField):
        return
    known = cast("list[tuple[Any, Any]]", field.choices)
    offered = {str(key) for key, _label in known}
    missing = [key for key in dict.fromkeys(standing) if key and key not in offered]
    if missing:
        field.choices = [*known, *_labels(f, missing, choices).items()]


def _labels(f: FieldDef, keys: Sequence[str], choices: Choices) -> dict[str, str]:
    if f.type.has_choices:
        return {key: f.choice_map[key].label for key in keys if key in f.choice_map}
    if not _is_people(f):
        return {}
    ids = [int(key) for key in keys if key.isascii() and key.isdigit()]
    return {str(pk): name for pk, name in choices.people.named(f.type.kind, ids).items()}


OPERANDS: Mapping[str, Asking] = {
    "none": Asking(
        lambda f, choices: {}, lambda f, cleaned, context: None, lambda f, raw, context: {}
    ),
    "one": Asking(_one_fields, _one_read, _one_show),
    "many": Asking(_many_fields, _many_read, _many_show),
    "range": Asking(_range_fields, _range_read, _range_show),
    "text": Asking(_text_fields, _as_given, _as_stored),
    "part": Asking(_text_fields, _as_given, _as_stored),
    "texts": Asking(
        lambda f, choices: {"value": _lines(_("One on each line."))}, _texts_read, _texts_show
    ),
    "moment": Asking(
        lambda f, choices: {"value": MomentField(dynamics=choices.dynamics, label=VALUE)},
        _as_given,
        lambda f, raw, context: {"value": moment_initial(raw)},
    ),
    "moments": Asking(
        lambda f, choices: {"value": _lines(_("Days such as 2026-01-31, one on each line."))},
        _texts_read,
        _texts_show,
    ),
    "moment_range": Asking(_day_range, _day_range_read, _day_range_show),
    "period": Asking(
        lambda f, choices: {"value": PeriodField(label=VALUE)},
        _as_given,
        lambda f, raw, context: {"value": period_initial(raw)},
    ),
    "records": Asking(_record_fields, _as_given, _record_show),
}
