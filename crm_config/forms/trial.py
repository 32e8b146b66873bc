"""A condition to be tried: nothing is kept of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm_config.definitions import Snapshot, TypeDef
from crm_config.forms.conditions import condition_field
from crm_config.models import User


class TrialForm(forms.Form):
    def __init__(
        self, *args: Any, record_type: TypeDef, snapshot: Snapshot, user: User, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["condition"] = condition_field(
            record_type=record_type,
            snapshot=snapshot,
            user=user,
            allow_constant=True,
            label=_("Condition"),
            help_text=_("With the fields as they stand in the studio, published or not."),
        )
