"""Which fields of a record type say how its people are written to, as it is asked in the studio."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm_config.compiler import Draft
from crm_config.definitions import FieldDef, TypeDef
from records.contact.checks import CONSENTS, wrong_people
from records.models import ContactPeople

NAMES = ("email", "language", "consent", "option", "refuses")


class TypeForm(forms.Form):
    """Which record type; those that are told of already, and those without an address, are left out."""

    def __init__(self, *args: Any, draft: Draft, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"] = forms.ChoiceField(
            label=_("Record type"),
            choices=[(t.key, t.label) for t in types_left(draft)],
        )

    @property
    def raw(self) -> Mapping[str, Any]:
        return {"key": self.cleaned_data["key"]}


def types_left(draft: Draft) -> list[TypeDef]:
    told = set(ContactPeople.objects.values_list("key", flat=True))
    return [
        t
        for t in draft.snapshot.active_types
        if t.key not in told and any(f.type.key == "email" for f in t.active)
    ]


class PeopleForm(forms.Form):
    def __init__(
        self,
        *args: Any,
        draft: Draft,
        people: ContactPeople,
        record_type: TypeDef,
        **kwargs: Any,
    ) -> None:
        self.people, self.draft, self.record_type = people, draft, record_type
        kwargs["initial"] = {name: getattr(people, name) for name in NAMES} | {
            "consent": f"{people.consent}:{people.option}" if people.option else people.consent
        }
        super().__init__(*args, **kwargs)
        active = record_type.active
        self.fields["email"] = forms.ChoiceField(
            label=_("Address"),
            required=False,
            choices=[("", _("the first e-mail field")), *_named(active, "email")],
        )
        self.fields["language"] = forms.ChoiceField(
            label=_("Language"),
            required=False,
            choices=[("", _("the company's first")), *_named(active, "language", "choice", "text")],
            help_text=_("A field that holds the code of a language, such as el."),
        )
        self.fields["consent"] = forms.ChoiceField(
            label=_("Agrees to be written to"),
            required=False,
            choices=[("", _("no field says so")), *_agreeing(active)],
        )
        self.fields["refuses"] = forms.ChoiceField(
            label=_("Wants no mail"),
            required=False,
            choices=[("", _("no field says so")), *_named(active, "boolean")],
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            for message in wrong_people(self.raw, self.draft):
                self.add_error(None, message)
        return cleaned

    @property
    def raw(self) -> Mapping[str, Any]:
        """As a payload says it."""
        cleaned = self.cleaned_data
        consent, _colon, option = cleaned["consent"].partition(":")
        said = {name: cleaned[name] for name in ("email", "language", "refuses")}
        return {"key": self.people.key, **said, "consent": consent, "option": option}


def _named(fields: Any, *kinds: str) -> list[tuple[str, str]]:
    return [(f.key, f.label) for f in fields if f.type.key in kinds]


def _agreeing(fields: tuple[FieldDef, ...] | Any) -> list[tuple[str, str]]:
    """Yes or no, or one option of a choice."""
    found = []
    for f in fields:
        if f.type.key == "boolean":
            found.append((f.key, f.label))
        elif f.type.key in CONSENTS:
            options = [o for o in f.choices if not o.retired]
            found += [(f"{f.key}:{o.key}", f"{f.label}: {o.label}") for o in options]
    return found
