"""The studio's form of a procedure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm_config.definitions import Snapshot, TypeDef
from crm_config.forms.conditions import condition_field
from crm_config.forms.labels import LabelsField
from crm_config.models import User
from workflows.pipelines.forms import KeyedForm
from workflows.procedures.conditions import asks_of_changes
from workflows.procedures.definitions import MODES, MOMENTS

TEXTS = ("labels", "description", "message")
PLAIN = ("moments", "when", "must", "mode", "approval")


class ProcedureForm(KeyedForm):
    """`processes` are the keys and names of the approval processes about the same records."""

    fallback = "procedure"

    def __init__(
        self,
        *args: Any,
        record_type: TypeDef,
        snapshot: Snapshot,
        user: User,
        processes: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        about: dict[str, Any] = {
            "record_type": record_type,
            "snapshot": snapshot,
            "user": user,
            "purpose": "trigger",
        }
        self.fields["description"] = LabelsField(
            label=_("Description"),
            languages=self.languages,
            rows=2,
            required=False,
            help_text=_("What it is for; only administrators read it."),
        )
        self.fields["moments"] = forms.MultipleChoiceField(
            label=_("Asked"),
            choices=list(MOMENTS.items()),
            widget=forms.CheckboxSelectMultiple,
            initial=["create", "change"],
            error_messages={"required": _("Say at which moments it holds.")},
        )
        self.fields["when"] = condition_field(
            **about,
            required=False,
            label=_("It is about records where"),
            help_text=_("Empty: about all of them."),
        )
        self.fields["must"] = condition_field(
            **about,
            label=_("It must hold that"),
            help_text=_("Of the record as it will be once it is saved."),
        )
        self.fields["message"] = LabelsField(
            label=_("Said when it does not hold"),
            languages=self.languages,
            rows=2,
            required=False,
            help_text=_("Empty: its name. Say what to do, without values of fields."),
        )
        self.fields["mode"] = forms.ChoiceField(
            label=_("Otherwise"),
            choices=list(MODES.items()),
            widget=forms.RadioSelect,
            initial="block",
        )
        self.fields["approval"] = forms.ChoiceField(
            label=_("Approved by"),
            choices=[("", "---------"), *processes],
            required=False,
            help_text=_("The approval process, where somebody else must approve it."),
        )

    def clean_approval(self) -> str:
        """It says nothing in the other modes, and is not kept there."""
        asked = self.cleaned_data.get("mode") == "approve"
        found = str(self.cleaned_data["approval"])
        if asked and not found:
            raise forms.ValidationError(_("Say by which process it is approved."), code="approval")
        return found if asked else ""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        asked = [cleaned.get("when"), cleaned.get("must")]
        if "nightly" in cleaned.get("moments", ()) and asks_of_changes(asked):
            self.add_error(
                "moments", _("What changed cannot be asked each night: take that moment out.")
            )
        return cleaned

    @property
    def values(self) -> dict[str, Any]:
        texts = {name: self.texts(name) for name in TEXTS}
        return {**texts, **{name: self.cleaned_data[name] for name in PLAIN}}
