"""Form fields for the options of an item's kind, from their specs; what is a name is chosen from those there are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.images.widgets import AdminImageChooser

from crm_config.definitions import FieldDef, TypeDef
from crm_config.field_types.base import OptionSpec
from crm_config.forms.conditions import JsonConditionField, condition_field
from crm_config.forms.labels import LabelsField
from crm_config.forms.options import LinesField
from crm_config.models import User
from forms_builder.items.base import ItemKind, Place
from forms_builder.items.consent import whose
from forms_builder.items.linked_field import target_of
from forms_builder.items.rows import row_type
from forms_builder.studio.forms.parts import Choices, editable, named, one_of, ticks, with_known
from forms_builder.studio.palette import fitting

PREFIX = "option_"
#: By channel, kind and option: how it is asked there, by higher apps. None leaves it out.
Make = Callable[["OptionFields", OptionSpec], forms.Field | None]
OWN: dict[tuple[str, str, str], Make] = {}
#: What rows are of is said when they are put on the form, and stays.
FIXED = frozenset({("rows", "type"), ("rows", "link")})


class ImageField(forms.IntegerField):
    """A picture of the CMS, by its number."""

    widget = AdminImageChooser


class OptionFields:
    def __init__(
        self, place: Place, kind: ItemKind, *, languages: Sequence[str], user: User
    ) -> None:
        self.place, self.kind, self.languages, self.user = place, kind, languages, user

    def make(self) -> dict[str, forms.Field]:
        specs = (s for s in self.kind.option_specs if (self.kind.key, s.key) not in FIXED)
        found = {PREFIX + spec.key: self._make(spec) for spec in specs}
        return {name: field for name, field in found.items() if field is not None}

    def _make(self, spec: OptionSpec) -> forms.Field | None:
        about: dict[str, Any] = {"label": spec.label, "help_text": spec.help, "required": False}
        if (own := OWN.get((self.place.form.channel, self.kind.key, spec.key))) is not None:
            return own(self, spec)
        if (names := NAMES.get((self.kind.key, spec.key))) is not None:
            return self._named(spec, names(self))
        match spec.kind:
            case "condition":
                return self._offer(about)
            case "labels":
                return LabelsField(languages=self.languages, rows=3, **about)
            case "boolean":
                return forms.BooleanField(**about)
            case "integer" if self.kind.key == "image":
                return ImageField(**about)
            case "integer":
                return forms.IntegerField(min_value=spec.minimum, max_value=spec.maximum, **about)
            case "list":
                return LinesField(**about)
            case "choice":
                return one_of(spec.label, list(spec.choices), spec.help)
        return forms.CharField(max_length=500, **about)

    def _named(self, spec: OptionSpec, fields: Sequence[FieldDef]) -> forms.Field | None:
        known = self.place.option(spec.key)
        if spec.kind == "list":
            return ticks(spec.label, with_known(named(fields), *(known or ())), spec.help)
        choices: Choices = with_known(named(fields), known)
        return one_of(spec.label, choices, spec.help) if choices else None

    # -- what can be named

    @property
    def type(self) -> TypeDef | None:
        return self.place.type

    def own(self) -> list[FieldDef]:
        return fitting(self.place.form, self.type) if self.type else []

    def links(self) -> list[FieldDef]:
        return [f for f in editable(self.type) if f.type.storage == "links"] if self.type else []

    def of_linked(self) -> list[FieldDef]:
        place = self.place
        target = target_of(place.type, place.option("link"), place.form, place.snapshot)
        return fitting(place.form, target) if target else []

    def of_rows(self) -> list[FieldDef]:
        far = row_type(self.place)
        link = self.place.option("link")
        return [f for f in fitting(self.place.form, far) if f.key != link] if far else []

    def numbers_of_rows(self) -> list[FieldDef]:
        return [f for f in self.of_rows() if f.type.numeric]

    def of_person(self) -> list[FieldDef]:
        owner = whose(self.place)
        kinds = ("boolean", "choice", "multi_choice")
        return [f for f in editable(owner) if f.type.key in kinds] if owner else []

    def days_of_person(self) -> list[FieldDef]:
        owner = whose(self.place)
        return [f for f in editable(owner) if f.type.key in ("date", "datetime")] if owner else []

    # -- which records a link offers

    def _targets(self) -> list[TypeDef]:
        source = self.kind.source(self.place)
        fields = self.of_rows() if self.kind.key == "rows" else [source] if source else []
        keys = [key for f in fields for key in f.options.get("targets", ())]
        types = self.place.snapshot.types
        return [types[key] for key in dict.fromkeys(keys) if key in types]

    def _offer(self, about: Mapping[str, Any]) -> forms.Field | None:
        targets = self._targets()
        if not targets:
            return None
        if len(targets) > 1:
            return JsonConditionField(**about)
        return condition_field(
            record_type=targets[0],
            snapshot=self.place.snapshot,
            user=self.user,
            allow_constant=True,
            **{
                **about,
                "help_text": _("Whoever has the address reads the titles of those that fit."),
            },
        )


NAMES: Mapping[tuple[str, str], Callable[[OptionFields], list[FieldDef]]] = {
    ("field", "field"): OptionFields.own,
    ("hidden", "field"): OptionFields.own,
    ("linked_field", "link"): OptionFields.links,
    ("linked_field", "field"): OptionFields.of_linked,
    ("rows", "fields"): OptionFields.of_rows,
    ("rows", "required"): OptionFields.of_rows,
    ("rows", "totals"): OptionFields.numbers_of_rows,
    ("consent", "of"): OptionFields.links,
    ("consent", "field"): OptionFields.of_person,
    ("consent", "date_field"): OptionFields.days_of_person,
}
