"""A promise of one kind, about one record type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from crm_config.definitions import Snapshot, TypeDef
from crm_config.forms.conditions import condition_field
from crm_config.forms.labels import LabelsField, merged
from crm_config.keys import MAX_KEY, is_key
from crm_config.models import Promise, User
from crm_config.promises.arguments import wrong
from crm_config.promises.kinds.base import PromiseKind
from crm_config.promises.words import RIGHTS, VERBS, WHO
from crm_config.words.plain import label_here
from crm_config.working_copy.keys import propose_key


class PromiseForm(forms.Form):
    """Asks for what its kind needs. The kind and the record type are chosen before, and stay."""

    def __init__(
        self,
        *args: Any,
        kind: PromiseKind,
        record_type: TypeDef,
        snapshot: Snapshot,
        user: User,
        languages: Sequence[str],
        promise: Promise | None = None,
        **kwargs: Any,
    ) -> None:
        self.kind, self.record_type, self.snapshot = kind, record_type, snapshot
        self.user, self.languages, self.promise = user, languages, promise
        if promise is not None:
            initial = {"labels": promise.labels, "retired": promise.retired, **promise.arguments}
            kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        self.fields["labels"] = LabelsField(label=_("Name"), languages=languages, max_length=100)
        if promise is None:
            self.fields["key"] = forms.CharField(
                label=_("Key"),
                max_length=MAX_KEY,
                required=False,
                help_text=_("By it, files and checks know the promise. It never changes."),
            )
        for name in kind.arguments:
            if name != "type":
                self.fields[name] = self._field(name)
        if promise is not None:
            self.fields["retired"] = forms.BooleanField(
                label=_("Archived"),
                required=False,
                help_text=_("It is kept, but neither checked nor held at publication."),
            )

    def _field(self, name: str) -> forms.Field:
        if name == "condition":
            return condition_field(
                record_type=self.record_type,
                snapshot=self.snapshot,
                user=self.user,
                required=False,
                label=_("Where"),
                help_text=_("About these records alone; about all of them if it is empty."),
            )
        if name == "roles":
            return forms.MultipleChoiceField(
                label=_("Roles"), choices=self._roles(), widget=forms.CheckboxSelectMultiple
            )
        label, choices = self._choices()[name]
        return forms.ChoiceField(label=label, choices=choices)

    def _roles(self) -> list[tuple[str, Any]]:
        return [(role.key, role.label) for role in self.snapshot.roles.values()]

    def _choices(self) -> Mapping[str, tuple[Any, list[tuple[str, Any]]]]:
        return {
            "role": (_("Role"), self._roles()),
            "action": (pgettext("rights", "May"), [(key, VERBS[key]) for key in self.kind.actions]),
            "right": (pgettext("rights", "May"), list(RIGHTS.items())),
            "who": (_("Who"), list(WHO.items())),
            "field": (_("Field"), [(f.key, f.label) for f in self.record_type.active]),
        }

    def clean_key(self) -> str:
        key = str(self.cleaned_data["key"]).strip()
        taken = set(Promise.objects.values_list("key", flat=True))
        if not key:
            name = label_here(self.cleaned_data.get("labels"))
            return propose_key(name, taken=taken, fallback="promise")
        if not is_key(key):
            raise ValidationError(
                _("Use small letters, digits and single underscores, starting with a letter."),
                code="key",
            )
        if key in taken:
            raise ValidationError(_("Another promise has this key."), code="taken")
        return key

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            for message in wrong(self.kind, self.arguments, self.snapshot):
                self.add_error("condition" if cleaned.get("condition") else None, message)
        return cleaned

    @property
    def arguments(self) -> dict[str, Any]:
        given = {name: self.cleaned_data[name] for name in self.kind.arguments if name != "type"}
        said = {name: value for name, value in given.items() if value is not None}
        return {"type": self.record_type.key, **said}

    @property
    def raw(self) -> dict[str, Any]:
        """As a payload says it."""
        before = self.promise.labels if self.promise else {}
        return {
            "key": self.promise.key if self.promise else self.cleaned_data["key"],
            "kind": self.kind.key,
            "labels": merged(before, self.cleaned_data["labels"], self.languages),
            "arguments": self.arguments,
            "retired": self.cleaned_data.get("retired", False),
        }
