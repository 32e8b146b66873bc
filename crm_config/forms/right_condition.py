"""The condition of a grant, or of a right on a field."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm_config.definitions import Snapshot, TypeDef
from crm_config.forms.conditions import condition_field
from crm_config.models import User
from crm_config.words.access import FIELD_RIGHTS


class GrantConditionForm(forms.Form):
    """The grant reaches the records that fit."""

    def __init__(
        self, *args: Any, record_type: TypeDef, snapshot: Snapshot, user: User, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["condition"] = condition_field(
            record_type=record_type,
            snapshot=snapshot,
            user=user,
            label=_("Reaches records that fit"),
        )


class FieldConditionForm(forms.Form):
    """The right holds on the records that fit; without a condition, on all of them."""

    access = forms.ChoiceField(
        label=_("Where it fits, the field can be"),
        choices=[(key, FIELD_RIGHTS[key]) for key in ("read", "write")],
        widget=forms.RadioSelect,
    )

    def __init__(
        self, *args: Any, record_type: TypeDef, snapshot: Snapshot, user: User, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["condition"] = condition_field(
            record_type=record_type,
            snapshot=snapshot,
            user=user,
            required=False,
            label=_("On records that fit"),
            help_text=_("On others the field is hidden, as far as this role goes. Empty: on all."),
        )
