"""One field that is given a value by a rule: where the value comes from, and what of that is asked."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from django import forms
from django.utils.translation import gettext_lazy as _

from crm_config.definitions import FieldDef
from crm_config.field_types.base import CoerceContext, ValueRefused
from crm_config.forms.labels import LabelsField
from records.forms.fields import Choices, form_field

#: How a value is said, beside the sources that the rule knows: as it stands, as a text in each language, so many days
#: from now, by a formula, as JSON that nothing else can say, and not at all.
VALUE, TEXT, DAY, FORMULA, RAW, NOTHING = "value", "text", "day", "formula", "raw", "nothing"
TEXTS = frozenset({"text", "long_text"})
DAYS = frozenset({"date", "datetime"})
MOST_DAYS = 3660

Group = tuple[Any, list[tuple[str, Any]]]


class Sources(Protocol):
    """Where a rule's values can come from beside a person's own hand. `places` are what texts may name, with their
    codes as they are written in them. `formulas`: whether they can be worked out."""

    languages: Sequence[str]
    formulas: bool

    @property
    def places(self) -> Sequence[tuple[str, Any]]: ...

    def groups(self, f: FieldDef) -> Sequence[Group]:
        """By heading, codes with their labels."""

    def raw(self, code: str) -> Any:
        """As the configuration says it."""

    def code(self, raw: Any) -> str:
        """The other way; empty for what is none of them."""

    def value(self, value: Any) -> Any:
        """One that somebody gave, as JSON."""

    def of_value(self, raw: Any) -> Any:
        """The other way; None for what is none."""

    def day(self, days: int) -> Any: ...

    def days(self, raw: Any) -> int | None: ...

    def texts(self, raw: Any) -> Mapping[str, str] | None:
        """By language; None for what is no text."""

    def text(self, texts: Mapping[str, str]) -> Any: ...

    def formula(self, text: str) -> Any: ...

    def of_formula(self, raw: Any) -> str: ...


@dataclass(frozen=True)
class Giving:
    """What all rows of a form share."""

    sources: Sources
    choices: Choices
    context: CoerceContext
    gone: Mapping[str, Any] = field(default_factory=dict)


class Row(forms.Form):
    """Unbound it shows `raw`. `said()` is the raw value; None where the field is to be given none."""

    use_required_attribute = False

    def __init__(
        self, f: FieldDef, giving: Giving, *, name: str, raw: Any = None, data: Any = None
    ) -> None:
        super().__init__(data, prefix=f"{name}-{f.key}")
        self.f, self.giving = f, giving
        self.held = _held(data.get(self.add_prefix(RAW), "")) if data is not None else raw
        how, initial = _shown(f, giving, self.held)
        self._add(how, initial)

    def _add(self, how: str, initial: Mapping[str, Any]) -> None:
        own = _own(self.f)
        # It stands first; which ways there are, the other fields say.
        asked = self.fields["how"] = forms.ChoiceField(
            label=_("What it becomes"), initial=how or own
        )
        if own == TEXT:
            self.fields[TEXT] = LabelsField(
                label=_("Text"),
                languages=self.giving.sources.languages,
                rows=2 if self.f.type.key == "long_text" else 0,
                initial=initial.get(TEXT),
                required=False,
            )
        elif own == VALUE:
            self.fields[VALUE] = form_field(
                self.f,
                initial.get(VALUE),
                self.giving.choices,
                required=False,
                label=_("Value"),
                help_text="",
            )
        if self.f.type.key in DAYS:
            self.fields[DAY] = forms.IntegerField(
                label=_("Days later"),
                initial=initial.get(DAY, 0),
                min_value=-MOST_DAYS,
                max_value=MOST_DAYS,
                required=False,
            )
        if self.giving.sources.formulas:
            self.fields[FORMULA] = forms.CharField(
                label=_("Formula"), initial=initial.get(FORMULA), max_length=2000, required=False
            )
        self.fields[RAW] = forms.CharField(
            required=False,
            initial=None if self.held is None else json.dumps(self.held),
            widget=forms.HiddenInput,
        )
        asked.choices = self._ways(own)

    def _ways(self, own: str) -> list[Any]:
        found: list[Any] = []
        if own:
            found.append((own, _("This text") if own == TEXT else _("This value")))
        if self.f.type.key in DAYS:
            found.append((DAY, _("So many days later")))
        if FORMULA in self.fields:
            found.append((FORMULA, _("By a formula")))
        found += [(label, codes) for label, codes in self.giving.sources.groups(self.f) if codes]
        if self.held is not None and _shown(self.f, self.giving, self.held)[0] == RAW:
            found.append(
                (RAW, _("As it stands: %(value)s") % {"value": json.dumps(self.held)[:80]})
            )
        return [*found, (NOTHING, _("Nothing: leave it out"))]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        how = cleaned.get("how")
        for other in {TEXT, VALUE, DAY, FORMULA} - {how}:
            # What was typed for another way of saying it is not asked for any more.
            self.errors.pop(other, None)
        if how and how not in (NOTHING, RAW) and not self.errors:
            try:
                found = self._found(how)
            except ValueRefused as refused:
                self.add_error(how if how in self.fields else "how", str(refused.message))
            else:
                cleaned["said"] = found
        elif how == RAW:
            cleaned["said"] = self.held
        return cleaned

    def _found(self, how: str) -> Any:
        sources, cleaned = self.giving.sources, self.cleaned_data
        if how == TEXT:
            if not cleaned[TEXT]:
                raise ValueRefused("empty", _("Write the text."))
            return sources.text(cleaned[TEXT])
        if how == DAY:
            return sources.day(cleaned[DAY] or 0)
        if how == FORMULA:
            if not cleaned[FORMULA]:
                raise ValueRefused("empty", _("Write the formula."))
            return sources.formula(cleaned[FORMULA])
        if how != VALUE:
            return sources.raw(how)
        value = self.f.type.coerce(self.f, cleaned[VALUE], self.giving.context)
        if value is None:
            raise ValueRefused("empty", _("Enter a value."))
        return sources.value(_as_given(self.f, value))

    def said(self) -> Any:
        return self.cleaned_data.get("said")

    @property
    def parts(self) -> list[tuple[str, Any]]:
        """Beside how: shown where that says so."""
        return [(key, self[key]) for key in (TEXT, VALUE, DAY, FORMULA) if key in self.fields]


def _own(f: FieldDef) -> str:
    """How people give such a field a value themselves; files are not given by rules."""
    if f.type.group == "file":
        return ""
    return TEXT if f.type.key in TEXTS else VALUE


def _shown(f: FieldDef, giving: Giving, raw: Any) -> tuple[str, dict[str, Any]]:
    """How a raw value is shown, and the initials for it."""
    sources = giving.sources
    if raw is None:
        return "", {}
    offered = {code for _label, codes in sources.groups(f) for code, _name in codes}
    if (code := sources.code(raw)) and code in offered:
        return code, {}
    if (days := sources.days(raw)) is not None and f.type.key in DAYS:
        return DAY, {DAY: days}
    if sources.formulas and (formula := sources.of_formula(raw)):
        return FORMULA, {FORMULA: formula}
    texts = sources.texts(raw)
    if _own(f) == TEXT and texts is not None and set(texts) <= set(sources.languages):
        return TEXT, {TEXT: texts}
    if _own(f) == VALUE and (stands := sources.of_value(raw)) is not None:
        try:
            return VALUE, {VALUE: f.type.coerce(f, stands, giving.context)}
        except ValueRefused:
            pass
    return RAW, {}


def _as_given(f: FieldDef, value: Any) -> Any:
    """As JSON. What money is in the company's currency is worked out on the day that it is given."""
    found = f.type.to_json(f, value)
    return {k: v for k, v in found.items() if k != "base"} if isinstance(found, dict) else found


def _held(text: str) -> Any:
    try:
        return json.loads(text) if text else None
    except (ValueError, RecursionError):
        return None
