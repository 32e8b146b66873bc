"""An automation without its actions, and one of its actions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crm_config.definitions import Snapshot, TypeDef
from crm_config.forms.labels import LabelsField, merged
from crm_config.models import User
from crm_config.words.plain import label_here
from crm_config.working_copy.keys import propose_key
from records.access import Access
from records.forms.condition import ConditionField
from workflows.actions.base import Action
from workflows.automations.arguments import wrong
from workflows.automations.definitions import DEPTH, PER_RECORD_HOUR
from workflows.automations.forms.arguments import fields, given
from workflows.models import Automation
from workflows.triggers.base import Trigger


class AutomationForm(forms.Form):
    """The trigger's kind and the record type are chosen before, and stay."""

    def __init__(
        self,
        *args: Any,
        kind: Trigger,
        record_type: TypeDef,
        snapshot: Snapshot,
        user: User,
        languages: Sequence[str],
        automation: Automation | None = None,
        **kwargs: Any,
    ) -> None:
        self.kind, self.record_type, self.snapshot = kind, record_type, snapshot
        self.automation, self.languages = automation, languages
        if automation is not None:
            kwargs["initial"] = {
                **automation.trigger, **automation.limits, "labels": automation.labels,
                "condition": automation.condition, "owner": automation.owner, "run_as": automation.run_as,
                "enabled": automation.enabled, "retired": automation.retired,
            }  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["labels"] = LabelsField(label=_("Name"), languages=languages, max_length=100)
        told = automation.trigger if automation is not None else {}
        self.fields.update(fields(kind.arguments, record_type, snapshot, user, chosen=told))
        self.fields["condition"] = ConditionField(
            record_type=record_type, snapshot=snapshot, access=Access.of(user), purpose="trigger",
            required=False, label=_("If"), help_text=_("Always, if it is empty."),
        )  # fmt: skip
        self.fields["run_as"] = forms.ChoiceField(
            label=_("Acts"),
            choices=[
                ("system", _("with the system's rights")),
                ("actor", _("with those of who set it off")),
            ],
            initial="system",
        )
        self.fields["owner"] = forms.CharField(
            label=_("Owner"), required=False, max_length=150,
            help_text=_("The user name of who is told when it does not go on."),
        )  # fmt: skip
        self.fields["depth"] = forms.IntegerField(
            label=_("Most automations in a row"), initial=DEPTH, min_value=0, max_value=20
        )
        self.fields["per_record_hour"] = forms.IntegerField(
            label=_("Most runs on a record in an hour"),
            initial=PER_RECORD_HOUR,
            min_value=1,
            max_value=1000,
        )
        self.fields["enabled"] = forms.BooleanField(label=_("Switched on"), required=False)
        self.fields["retired"] = forms.BooleanField(label=_("Archived"), required=False)

    def clean_owner(self) -> str:
        name = str(self.cleaned_data["owner"]).strip()
        if name and not User.objects.filter(username=name, is_active=True).exists():
            raise ValidationError(_("Nobody who works here has this user name."), code="owner")
        return name

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            said = given(self.kind.arguments, cleaned)
            for message in wrong(self.kind.arguments, said, self.snapshot, self.record_type):
                self.add_error(None, message)
        return cleaned

    @property
    def raw(self) -> dict[str, Any]:
        """As a payload says it."""
        cleaned = self.cleaned_data
        row = self.automation
        name = label_here(cleaned["labels"])
        taken = set(Automation.objects.values_list("key", flat=True))
        return {
            "key": row.key if row else propose_key(name, taken=taken, fallback="automation"),
            "type": self.record_type.key,
            "labels": merged(row.labels if row else {}, cleaned["labels"], self.languages),
            "trigger": {"kind": self.kind.key, **given(self.kind.arguments, cleaned)},
            "condition": cleaned["condition"],
            "owner": cleaned["owner"] or None,
            "run_as": cleaned["run_as"],
            "enabled": cleaned["enabled"],
            "retired": cleaned["retired"],
            "limits": {name: cleaned[name] for name in ("depth", "per_record_hour")},
        }


class ActionForm(forms.Form):
    def __init__(
        self,
        *args: Any,
        kind: Action,
        record_type: TypeDef,
        snapshot: Snapshot,
        user: User,
        arguments: Mapping[str, Any],
        **kwargs: Any,
    ) -> None:
        self.kind, self.record_type, self.snapshot = kind, record_type, snapshot
        kwargs["initial"] = dict(arguments)
        super().__init__(*args, **kwargs)
        chosen = self.data if self.is_bound else arguments
        self.fields.update(fields(kind.arguments, record_type, snapshot, user, chosen=chosen))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            for message in wrong(
                self.kind.arguments, self.arguments, self.snapshot, self.record_type
            ):
                self.add_error(None, message)
        return cleaned

    @property
    def arguments(self) -> dict[str, Any]:
        return given(self.kind.arguments, self.cleaned_data)
