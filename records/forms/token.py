"""A new API token."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm_config.definitions import TypeDef
from records import token_scopes
from records.models import ApiToken

NEVER = ""
LIFETIMES = (
    ("30", _("30 days")),
    ("90", _("90 days")),
    ("365", _("a year")),
    (NEVER, _("until it is revoked")),
)
VERBS = (
    ("read", _("Read")),
    ("write", _("Read and write")),
)


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=ApiToken._meta.get_field("name").max_length,
        help_text=_("What will use it, such as “Web shop”."),
    )
    verb = forms.ChoiceField(
        label=_("It may"),
        choices=VERBS,
        initial="read",
        widget=forms.RadioSelect,
        help_text=_("Never more than you may yourself."),
    )
    types = forms.MultipleChoiceField(
        label=_("Record types"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("All of them, also those to come, when none is chosen."),
    )
    lifetime = forms.ChoiceField(
        label=_("Valid for"), choices=LIFETIMES, initial="365", required=False
    )

    def __init__(self, *args: Any, types: Sequence[TypeDef], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["types"].choices = [(t.key, t.plural_label) for t in types]  # type: ignore[attr-defined]

    def scopes(self) -> list[str]:
        return token_scopes.texts(self.cleaned_data["verb"], self.cleaned_data["types"])

    def expires_at(self) -> datetime | None:
        days = self.cleaned_data["lifetime"]
        return None if days == NEVER else timezone.now() + timedelta(days=int(days))
