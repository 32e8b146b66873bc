"""One field of a record type: everything about it but the options of a choice."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crm_config.checks.record_types import check_field
from crm_config.compiler import Draft
from crm_config.definitions import FieldDef
from crm_config.field_types import registry
from crm_config.field_types.base import OptionSpec, ValueRefused
from crm_config.forms import defaults, options
from crm_config.forms.labels import LabelsField, merged
from crm_config.keys import MAX_KEY, SYSTEM_KEYS, is_key
from crm_config.models import Field, RecordType, Section, User
from crm_config.words.plain import label_here
from crm_config.working_copy.keys import propose_key
from crm_config.working_copy.reading import WorkingCopy

TEXTS = ("labels", "help", "placeholder")
FLAGS: dict[str, tuple[Any, Any]] = {
    "required": (_("Required"), _("A record cannot be saved without it.")),
    "unique": (_("Unique"), _("No two records may have the same value.")),
    "filterable": (_("Filter lists by it"), ""),
    "sortable": (_("Sort lists by it"), ""),
    "searchable": (_("Search looks into it"), ""),
    "readonly_after_creation": (
        _("Fixed after creation"),
        _("It can be filled in only when a record is created."),
    ),
    "personal": (
        _("Personal data"),
        _("It says something about a person: it is exported and erased on their request."),
    ),
}


class FieldForm(forms.Form):
    """`kind` is the field type's key. `choices` and `presets` are set by the view from the options' own form
    before this one is validated."""

    choices: list[dict[str, Any]] | None = None
    presets: list[str] = []

    def __init__(
        self,
        *args: Any,
        kind: str,
        record_type: RecordType,
        copy: WorkingCopy,
        languages: list[str],
        user: User,
        field: Field | None = None,
        **kwargs: Any,
    ) -> None:
        self.type = registry.get(kind)
        self.record_type, self.copy, self.field = record_type, copy, field
        self.languages, self.user = languages, user
        self.definition = self._definition()
        kwargs["initial"] = {**self._initial(), **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self._add_names()
        self._add_options()
        self._add_flags()
        self.fields.update(defaults.default_fields(self.definition))

    def _definition(self) -> FieldDef:
        if self.field is not None:
            return self.copy.field(self.record_type.key, self.field.key)
        return FieldDef(record_type=self.record_type.key, key="new", type=self.type, labels={})

    def _initial(self) -> dict[str, Any]:
        given = self.field.options if self.field else {}
        initial = {
            options.PREFIX + spec.key: given.get(spec.key, self._shown_default(spec))
            for spec in self.type.option_specs
        }
        initial.update(defaults.initial(self.definition))
        if self.field is None:
            return {
                **initial,
                "filterable": bool(self.type.operators),
                "in_list": self._list_has_room,
                "section": next((s.key for s in self.record_type.sections.all()), ""),
            }
        initial.update({name: getattr(self.field, name) for name in (*TEXTS, *FLAGS)})
        return {**initial, "section": self.field.section.key if self.field.section else ""}

    def _shown_default(self, spec: Any) -> Any:
        return spec.default if spec.kind in ("choice", "boolean") else None

    @property
    def _list_has_room(self) -> bool:
        return len(self.record_type.columns) < 6

    def _add_names(self) -> None:
        self.fields["labels"] = LabelsField(
            label=_("Name"), languages=self.languages, max_length=200
        )
        if self.field is None:
            self.fields["key"] = forms.CharField(
                label=_("Key"),
                max_length=MAX_KEY,
                required=False,
                help_text=_(
                    "By it, formulas, files and other systems know the field. It never changes."
                ),
            )
            self.fields["in_list"] = forms.BooleanField(
                label=_("Show it in the list"), required=False
            )
        sections = [(s.key, s.label) for s in self.record_type.sections.all()]
        if sections:
            self.fields["section"] = forms.ChoiceField(
                label=_("Section"), choices=[("", _("No section")), *sections], required=False
            )
        self.fields["help"] = LabelsField(
            label=_("Help"),
            languages=self.languages,
            required=False,
            rows=2,
            help_text=_("Shown below the field in forms."),
        )
        self.fields["placeholder"] = LabelsField(
            label=_("Placeholder"),
            languages=self.languages,
            required=False,
            max_length=200,
            help_text=_("An example that stands in the empty field."),
        )

    def _add_options(self) -> None:
        maker = options.OptionFields(
            self.record_type,
            self.copy,
            self.languages,
            user=self.user,
            given={spec.key: self._standing(spec) for spec in self.type.option_specs},
        )
        for spec in self.type.option_specs:
            self.fields[options.PREFIX + spec.key] = maker.make(spec)

    def _standing(self, spec: OptionSpec) -> Any:
        """The option as the form holds it now."""
        name = options.PREFIX + spec.key
        return self.data.get(name) if self.is_bound else self.initial.get(name)

    def _add_flags(self) -> None:
        bound = self.definition.type
        possible = {
            "required": not bound.computed,
            "unique": bound.can_be_unique,
            "filterable": bool(bound.operators),
            "sortable": bound.can_sort,
            "searchable": bound.can_search,
            "readonly_after_creation": not bound.computed,
            "personal": True,
        }
        for name, (label, help_text) in FLAGS.items():
            if possible[name] or (self.field is not None and getattr(self.field, name)):
                self.fields[name] = forms.BooleanField(
                    label=label, help_text=help_text, required=False
                )

    # -- groups, for the template ------------------------------------------------------------

    def _named(self, names: Any) -> Iterator[forms.BoundField]:
        return (self[name] for name in names if name in self.fields)

    @property
    def option_fields(self) -> list[forms.BoundField]:
        return list(self._named(options.PREFIX + spec.key for spec in self.type.option_specs))

    @property
    def flag_fields(self) -> list[forms.BoundField]:
        return list(self._named(FLAGS))

    @property
    def default_fields(self) -> list[forms.BoundField]:
        return list(self._named((defaults.DYNAMIC, defaults.VALUE)))

    # -- what was typed ----------------------------------------------------------------------

    def clean_key(self) -> str:
        key = str(self.cleaned_data["key"]).strip()
        taken = {*SYSTEM_KEYS, *(f.key for f in self.record_type.fields.all())}
        if not key:
            return propose_key(
                label_here(self.cleaned_data.get("labels")), taken=taken, fallback="field"
            )
        if not is_key(key):
            raise ValidationError(
                _("Use small letters, digits and single underscores, starting with a letter."),
                code="key",
            )
        if key in SYSTEM_KEYS:
            raise ValidationError(_("Every record has a field of this key already."), code="taken")
        if key in taken:
            raise ValidationError(_("Another field of this type has this key."), code="taken")
        return key

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            self._check()
        return cleaned

    def _check(self) -> None:
        """What publishing would refuse is said here already, where it can be put right."""
        if len(self.presets) > 1 and self.type.sql_kind != "array":
            self.add_error(None, _("Only one option can be the default."))
        try:
            raw = self.raw
        except ValueRefused as refusal:
            self.add_error(defaults.VALUE, str(refusal.message))
            return
        draft = Draft(self._payload_with(raw), self.copy.draft.numbers)
        sections = {s.key for s in self.record_type.sections.all()}
        for problem in check_field(raw, self.record_type.key, sections, draft):
            self.add_error(None, problem.message)

    def _payload_with(self, raw: dict[str, Any]) -> dict[str, Any]:
        types = []
        for known in self.copy.payload["record_types"]:
            if known["key"] == self.record_type.key:
                others = [f for f in known["fields"] if f["key"] != raw["key"]]
                known = {**known, "fields": [*others, raw]}
            types.append(known)
        return {**self.copy.payload, "record_types": types}

    @property
    def field_key(self) -> str:
        return self.field.key if self.field else self.cleaned_data["key"]

    @property
    def values(self) -> dict[str, Any]:
        """Attributes of the model. Raises `ValueRefused` for a default that does not fit."""
        data = self.cleaned_data
        values: dict[str, Any] = {
            name: merged(self._before(name), data[name], self.languages) for name in TEXTS
        }
        values.update({name: data[name] for name in FLAGS if name in self.fields})
        values["options"] = options.given(self.type.option_specs, data)
        values["default"] = self._default(values["options"])
        if "section" in self.fields:
            values["section"] = self._section(data["section"])
        return values

    def _section(self, key: str) -> Section | None:
        return next((s for s in self.record_type.sections.all() if s.key == key), None)

    def _before(self, name: str) -> dict[str, str]:
        return getattr(self.field, name) if self.field else {}

    def _default(self, given: dict[str, Any]) -> Any:
        if self.type.has_choices:
            return self._preset()
        definition = FieldDef(
            record_type=self.record_type.key,
            key=self.field_key,
            type=self.definition.type,
            labels={},
            options={**self.definition.options, **given},
        )
        return defaults.read(definition, self.cleaned_data)

    def _preset(self) -> Any:
        if not self.presets:
            return None
        return self.presets if self.type.sql_kind == "array" else self.presets[0]

    @property
    def raw(self) -> dict[str, Any]:
        """The field as the payload would hold it."""
        values = {
            name: value for name, value in self.values.items() if value not in (None, {}, "", False)
        }
        section = values.pop("section", None)
        raw = {"key": self.field_key, "type": self.type.key, **values}
        if section is not None:
            raw["section"] = section.key
        if self.choices:
            raw["choices"] = self.choices
        return raw
