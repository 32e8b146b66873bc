"""When an item is shown, required and fixed; and one rule about its options, its value or what is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm_config.definitions import FieldDef, Snapshot
from crm_config.field_types.base import ValueRefused
from crm_config.forms import defaults
from crm_config.forms.labels import LabelsField, merged
from crm_config.models import User
from forms_builder.definitions import WHEN_HIDDEN, FormDef, ItemDef
from forms_builder.items.base import Place
from forms_builder.items.registry import ITEMS
from forms_builder.studio.asking import asking_field
from forms_builder.studio.forms.parts import one_of, said, with_known

WHEN = {
    "shown_when": (_("Shown if"), _("Empty: always.")),
    "required_when": (_("Required if"), _("Besides what its properties say.")),
    "readonly_when": (_("Fixed if"), _("It keeps what it began with, or what the address gave.")),
}


class LogicForm(forms.Form):
    """`known` is the item's JSON."""

    use_required_attribute = False

    def __init__(
        self,
        *args: Any,
        known: Mapping[str, Any],
        form: FormDef,
        snapshot: Snapshot,
        user: User,
        **kwargs: Any,
    ) -> None:
        self.known = known
        names = (*WHEN, "when_hidden")
        kwargs["initial"] = {"when_hidden": "clear", **{n: known[n] for n in names if n in known}}
        super().__init__(*args, **kwargs)
        asks = ITEMS[known["kind"]].asks
        for name, (label, help_text) in WHEN.items():
            if asks or name == "shown_when":
                self.fields[name] = asking_field(
                    form, snapshot, user, label=label, help_text=help_text
                )
        if asks:
            self.fields["when_hidden"] = forms.ChoiceField(
                label=_("If it goes away again"),
                choices=list(WHEN_HIDDEN.items()),
                widget=forms.RadioSelect,
            )

    @property
    def raw(self) -> dict[str, Any]:
        found = {**self.known, **{name: self.cleaned_data[name] for name in self.fields}}
        if found.get("when_hidden") == "clear":
            found.pop("when_hidden")
        return {k: v for k, v in found.items() if v is not None}


class RuleForm(forms.Form):
    """`known` is the rule's JSON, empty for a new one; `kind` the item's list it stands in."""

    use_required_attribute = False

    def __init__(
        self,
        *args: Any,
        kind: str,
        known: Mapping[str, Any],
        item: ItemDef,
        form: FormDef,
        snapshot: Snapshot,
        languages: Sequence[str],
        user: User,
        **kwargs: Any,
    ) -> None:
        self.kind, self.known, self.languages = kind, known, languages
        self.field = field_of(item, form, snapshot)
        kwargs["initial"] = self._initial()
        super().__init__(*args, **kwargs)
        MAKERS[kind](self)
        self.fields["when"] = asking_field(
            form, snapshot, user, required=True, label=_("While this holds")
        )

    def _initial(self) -> dict[str, Any]:
        found = dict(self.known)
        if self.kind == "value_set_when" and self.field is not None and "value" in found:
            holding = _with_default(self.field, found["value"])
            found |= defaults.initial(holding) | {"preset": found["value"]}
        return found

    def option(self) -> None:
        choices = [(o.key, o.label) for o in self.field.choices] if self.field else []
        self.fields["option"] = one_of(
            _("This option is offered"),
            with_known(choices, self.known.get("option")),
            required=True,
        )

    def value(self) -> None:
        f = self.field
        if f is not None and f.type.has_choices:
            choices = [(o.key, o.label) for o in f.choices if not o.retired]
            several = f.type.key == "multi_choice"
            field = forms.MultipleChoiceField if several else forms.ChoiceField
            self.fields["preset"] = field(label=_("The value is"), choices=choices)
        elif f is not None:
            for name, made in defaults.default_fields(f).items():
                made.label, made.help_text = _("The value is"), ""
                self.fields[name] = made

    def message(self) -> None:
        self.fields["message"] = LabelsField(
            label=_("Told"), languages=self.languages, rows=2, max_length=500
        )
        self.fields["blocks"] = forms.BooleanField(
            label=_("The form cannot be sent meanwhile"), required=False
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.kind == "value_set_when" and not self.errors:
            self._read_value(cleaned)
        return cleaned

    def _read_value(self, cleaned: dict[str, Any]) -> None:
        f = self.field
        if f is None or f.type.has_choices:
            cleaned["value"] = cleaned.get("preset")
            return
        try:
            cleaned["value"] = defaults.read(f, cleaned)
        except ValueRefused as refusal:
            self.add_error(defaults.VALUE, str(refusal.message))
            return
        if cleaned["value"] is None:
            self.add_error(None, _("Say which value."))

    @property
    def raw(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        names = {
            "options_when": ("option", "when"),
            "value_set_when": ("when", "value"),
            "message_when": ("when", "message", "blocks"),
        }[self.kind]
        found = {name: cleaned[name] for name in names}
        if "message" in found:
            found["message"] = merged(self.known.get("message"), found["message"], self.languages)
            return said(found)
        return found


MAKERS: Mapping[str, Callable[[RuleForm], None]] = {
    "options_when": RuleForm.option,
    "value_set_when": RuleForm.value,
    "message_when": RuleForm.message,
}


def field_of(item: ItemDef, form: FormDef, snapshot: Snapshot) -> FieldDef | None:
    return ITEMS[item.kind].field(Place(item, form, snapshot))


def _with_default(f: FieldDef, value: Any) -> FieldDef:
    return replace(f, default=value)


def rules_for(item: ItemDef, f: FieldDef | None) -> list[str]:
    """The kinds of rules that an item can have."""
    found = []
    if f is not None and f.type.key in ("choice", "multi_choice"):
        found.append("options_when")
    if item.kind in ("field", "linked_field") and f is not None and _takes_value(f):
        found.append("value_set_when")
    if ITEMS[item.kind].asks and item.kind != "hidden":
        found.append("message_when")
    return found


def _takes_value(f: FieldDef) -> bool:
    return f.type.has_choices or bool(defaults.default_fields(f))
