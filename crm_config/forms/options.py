"""Form fields for the options of a field type, from their specs. Knows no field type by name."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crm_config.definitions import FieldDef, TypeDef
from crm_config.dependencies import reverse_key
from crm_config.field_types import registry
from crm_config.field_types.base import OptionSpec
from crm_config.field_types.results import linked_by
from crm_config.forms.conditions import JsonConditionField, condition_field
from crm_config.forms.labels import LabelsField
from crm_config.models import RecordType, User
from crm_config.words.vocabulary import Vocabulary
from crm_config.working_copy.reading import WorkingCopy

PREFIX = "option_"
Choices = list[tuple[str, Any]]


class LinesField(forms.CharField):
    """A list of texts, one a line."""

    widget = forms.Textarea(attrs={"rows": 4})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(str, value)) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value) or ""
        return [line.strip() for line in text.splitlines() if line.strip()]

    def validate(self, value: Any) -> None:
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")


class OptionFields:
    """Makes the form field for each kind of spec, for one record type. `given` are the options as they stand in the
    form: what one offers can depend on another."""

    def __init__(
        self,
        record_type: RecordType,
        copy: WorkingCopy,
        languages: list[str],
        *,
        user: User,
        given: Mapping[str, Any],
    ) -> None:
        self.record_type = record_type
        self.copy = copy
        self.languages = languages
        self.user = user
        self.given = given

    def make(self, spec: OptionSpec) -> forms.Field:
        about: dict[str, Any] = {
            "label": spec.label,
            "help_text": spec.help,
            "required": spec.required,
        }
        return getattr(self, f"_{spec.kind}")(spec, about)

    def _text(self, spec: OptionSpec, about: dict[str, Any]) -> forms.Field:
        return forms.CharField(max_length=500, **about)

    def _integer(self, spec: OptionSpec, about: dict[str, Any]) -> forms.Field:
        if spec.default is not None:
            about["help_text"] = " ".join(
                str(part) for part in (spec.help, _("Left empty: %s.") % spec.default) if part
            )
        return forms.IntegerField(min_value=spec.minimum, max_value=spec.maximum, **about)

    def _boolean(self, spec: OptionSpec, about: dict[str, Any]) -> forms.Field:
        return forms.BooleanField(**{**about, "required": False})

    def _choice(self, spec: OptionSpec, about: dict[str, Any]) -> forms.Field:
        return forms.ChoiceField(choices=list(spec.choices), **about)

    def _keys(self, spec: OptionSpec, about: dict[str, Any]) -> forms.Field:
        types = self.copy.draft.snapshot.active_types
        return forms.MultipleChoiceField(
            choices=[(t.key, t.label) for t in types],
            widget=forms.CheckboxSelectMultiple,
            **about,
        )

    def _labels(self, spec: OptionSpec, about: dict[str, Any]) -> forms.Field:
        return LabelsField(languages=self.languages, **about)

    def _expression(self, spec: OptionSpec, about: dict[str, Any]) -> forms.Field:
        widget = forms.Textarea(attrs={"rows": 3, "class": "studio-code", "spellcheck": "false"})
        return forms.CharField(widget=widget, **about)

    def _condition(self, spec: OptionSpec, about: dict[str, Any]) -> forms.Field:
        """In lines, once it is known which records it is about; until then, and about several types, as JSON."""
        far = self._linked_by(str(self.given.get("relation") or ""))
        if len(far) != 1:
            later = _("It is built in lines once the linked records are chosen and saved.")
            return JsonConditionField(**{**about, "help_text": f"{spec.help} {later}".strip()})
        return condition_field(
            record_type=far[0],
            snapshot=self.copy.draft.snapshot,
            user=self.user,
            purpose="computed",
            allow_constant=True,
            **about,
        )

    def _linked_by(self, relation: str) -> list[TypeDef]:
        field = FieldDef(self.record_type.key, "new", registry.get("rollup"), {})
        return list(linked_by(field, relation, self.copy.draft.snapshot.types))

    def _list(self, spec: OptionSpec, about: dict[str, Any]) -> forms.Field:
        return LinesField(**about)

    def _field(self, spec: OptionSpec, about: dict[str, Any]) -> forms.Field:
        offered = {"link": self._own_links, "relation": self._relations}.get(
            spec.key, self._linked_fields
        )
        return forms.ChoiceField(choices=[("", "---------"), *offered()], **about)

    def _own_links(self) -> Choices:
        return [
            (f.key, f.label)
            for f in self.copy.type(self.record_type.key).active
            if f.type.key == "link"
        ]

    def _relations(self) -> Choices:
        reverse = self.copy.draft.snapshot.reverse_links.get(self.record_type.key, ())
        names = Vocabulary.of(self.copy.payload)
        others = [
            (reverse_key(r.field), f"{r.label} ({names.record_type(r.field.record_type)})")
            for r in reverse
        ]
        return [*self._own_links(), *others]

    def _linked_fields(self) -> Choices:
        """By linked type: the fields of every type on the other side of a link, either way."""
        types = self.copy.draft.snapshot.types
        own = self.copy.type(self.record_type.key)
        linked = {
            t for f in own.active if f.type.key == "link" for t in f.options.get("targets", ())
        }
        reverse = self.copy.draft.snapshot.reverse_links.get(own.key, ())
        linked |= {r.field.record_type for r in reverse}
        return [
            (types[key].label, [(f.key, f.label) for f in types[key].active])
            for key in sorted(linked & set(types))
        ]


def given(specs: Iterable[OptionSpec], cleaned: Mapping[str, Any]) -> dict[str, Any]:
    """The options as the payload holds them: those that say something other than the default."""
    values = {spec.key: cleaned.get(PREFIX + spec.key) for spec in specs}
    defaults = {spec.key: _as_json(spec.default) for spec in specs}
    return {
        key: value
        for key, value in values.items()
        if value is not None and value not in ("", [], {}) and value != defaults[key]
    }


def _as_json(default: Any) -> Any:
    return list(default) if isinstance(default, tuple) else default
