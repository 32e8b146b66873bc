"""What an item says and how it looks: all of it but the logic."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crm_config.definitions import FieldDef, Snapshot
from crm_config.field_types.base import ValueRefused
from crm_config.forms import defaults
from crm_config.forms.labels import LabelsField, merged
from crm_config.models import User
from forms_builder.definitions import WHEN_HIDDEN, WIDTHS, FormDef, ItemDef
from forms_builder.items.base import ItemKind, Place
from forms_builder.items.registry import ITEMS
from forms_builder.studio.forms.options import PREFIX, OptionFields
from forms_builder.studio.forms.parts import one_of, said, ticks

CAPACITY = "capacity_"
#: Beyond so many options nobody counts places by hand.
MOST_COUNTED = 30
PARAMETER = re.compile(r"[a-z0-9_-]{1,50}")
SILENT = frozenset({"divider", "captcha", "image"})


class ItemForm(forms.Form):
    """`known` is the item's JSON."""

    use_required_attribute = False

    def __init__(
        self,
        *args: Any,
        known: Mapping[str, Any],
        form: FormDef,
        snapshot: Snapshot,
        languages: Sequence[str],
        user: User,
        **kwargs: Any,
    ) -> None:
        self.known, self.languages = known, languages
        self.kind: ItemKind = ITEMS[known["kind"]]
        self.place = Place(ItemDef.of(known), form, snapshot)
        self.field = self._field()
        kwargs["initial"] = self._initial()
        super().__init__(*args, **kwargs)
        self._add_texts()
        maker = OptionFields(self.place, self.kind, languages=languages, user=user)
        self.fields.update(maker.make())
        if self.kind.key not in SILENT:
            self._add_answer()

    def _field(self) -> FieldDef | None:
        f = self.kind.field(self.place)
        return replace(f, default=self.place.item.default) if f is not None else None

    def _initial(self) -> dict[str, Any]:
        known = self.known
        names = ("labels", "help", "placeholder", "prefill", "required", "readonly")
        found: dict[str, Any] = {name: known.get(name) for name in names}
        found |= {"width": known.get("width", "full")}
        found |= {"when_hidden": known.get("when_hidden", "clear")}
        found |= {PREFIX + key: value for key, value in known.get("options", {}).items()}
        found |= {CAPACITY + key: n for key, n in known.get("capacity", {}).items()}
        if self.field is not None:
            found |= defaults.initial(self.field) if not self.field.type.has_choices else {}
            if self.field.type.has_choices:
                found["preset"] = known.get("default")
        return found

    # -- what can be said

    def _add_texts(self) -> None:
        if self.kind.key not in SILENT:
            self.fields["labels"] = LabelsField(
                label=_("Name"),
                languages=self.languages,
                max_length=200,
                required=False,
                help_text=_("Empty: that of the field.") if self._typed else "",
            )
            self.fields["help"] = LabelsField(
                label=_("Help"), languages=self.languages, rows=2, required=False
            )
        if self.field is not None and not self.field.type.has_choices and self._typed:
            self.fields["placeholder"] = LabelsField(
                label=_("Placeholder"),
                languages=self.languages,
                max_length=200,
                required=False,
                help_text=_("An example that stands in the empty field."),
            )

    @property
    def _typed(self) -> bool:
        return self.kind.key in ("field", "linked_field")

    def _add_answer(self) -> None:
        add = self.fields
        if self.kind.key != "hidden":
            add["width"] = one_of(_("Width"), list(WIDTHS.items()), required=True)
        if not self.kind.asks:
            return
        if self.kind.key != "hidden":
            add["required"] = forms.BooleanField(
                label=_("Required"), required=False, help_text=_("What cannot be seen never is.")
            )
        if self._typed or self.kind.key == "hidden":
            self._add_value()
        if self.kind.key != "hidden":
            add["when_hidden"] = forms.ChoiceField(
                label=_("If it goes away again"),
                choices=list(WHEN_HIDDEN.items()),
                widget=forms.RadioSelect,
            )

    def _add_value(self) -> None:
        add, f = self.fields, self.field
        if f is not None and f.type.has_choices:
            choices = [(o.key, o.label) for o in f.choices if not o.retired]
            several = f.type.key == "multi_choice"
            make = ticks if several else one_of
            add["preset"] = make(_("Begins with"), choices)
            if len(choices) <= MOST_COUNTED and self.kind.key != "hidden":
                self._add_capacity(choices)
        elif f is not None:
            found = defaults.default_fields(f)
            for field in found.values():
                field.label = _("Begins with")
            add.update(found)
        add["prefill"] = forms.CharField(
            label=_("Filled in from the address"),
            required=False,
            max_length=50,
            help_text=_("The name of a parameter: with “from”, the address ends with ?from=…"),
        )
        if self.kind.key != "hidden":
            add["readonly"] = forms.BooleanField(label=_("Nobody can change it"), required=False)

    def _add_capacity(self, choices: Sequence[tuple[str, str]]) -> None:
        for key, label in choices:
            self.fields[CAPACITY + key] = forms.IntegerField(
                label=label, min_value=0, max_value=1_000_000, required=False
            )

    # -- groups, for the template

    def _bound(self, *names: str) -> list[forms.BoundField]:
        return [self[name] for name in names if name in self.fields]

    @property
    def text_fields(self) -> list[forms.BoundField]:
        return self._bound("labels", "help", "placeholder")

    @property
    def option_fields(self) -> list[forms.BoundField]:
        return self._bound(*(name for name in self.fields if name.startswith(PREFIX)))

    @property
    def answer_fields(self) -> list[forms.BoundField]:
        names = ("width", "required", "readonly", "preset", *DEFAULTS, "prefill", "when_hidden")
        return self._bound(*names)

    @property
    def capacity_fields(self) -> list[forms.BoundField]:
        return self._bound(*(name for name in self.fields if name.startswith(CAPACITY)))

    # -- what was said

    def clean_prefill(self) -> str:
        name = str(self.cleaned_data["prefill"]).strip()
        if name and not PARAMETER.fullmatch(name):
            raise ValidationError(
                _("Use small letters, digits, hyphens and underscores."), code="parameter"
            )
        return name

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                cleaned["said_default"] = self._default(cleaned)
            except ValueRefused as refusal:
                self.add_error(defaults.VALUE, str(refusal.message))
        return cleaned

    def _default(self, cleaned: Mapping[str, Any]) -> Any:
        if self.field is None or not (self._typed or self.kind.key == "hidden"):
            return self.known.get("default")
        if self.field.type.has_choices:
            return cleaned.get("preset") or None
        return defaults.read(self.field, cleaned)

    @property
    def raw(self) -> dict[str, Any]:
        """As a payload says it; what this form does not ask stays."""
        cleaned = self.cleaned_data
        found = dict(self.known)
        for name in ("labels", "help", "placeholder"):
            if name in self.fields:
                found[name] = merged(self.known.get(name), cleaned[name], self.languages)
        for name in ("width", "required", "readonly", "prefill", "when_hidden"):
            if name in self.fields:
                found[name] = cleaned[name]
        found["options"] = self._options
        found["default"] = cleaned["said_default"]
        if self.capacity_fields:
            found["capacity"] = {
                name.removeprefix(CAPACITY): n
                for name, n in cleaned.items()
                if name.startswith(CAPACITY) and n is not None
            }
        usual = {("width", "full"), ("when_hidden", "clear")}
        kept = {k: v for k, v in found.items() if (k, str(v)) not in usual}
        default = kept.pop("default", None)
        return {**said(kept), **({} if default is None else {"default": default})}

    @property
    def _options(self) -> dict[str, Any]:
        before = dict(self.known.get("options", {}))
        for name in self.fields:
            if name.startswith(PREFIX):
                key, value = name.removeprefix(PREFIX), self.cleaned_data[name]
                if isinstance(self.fields[name], LabelsField):
                    value = merged(before.get(key), value, self.languages)
                before[key] = value
        return said(before)


DEFAULTS = (defaults.DYNAMIC, defaults.VALUE)
