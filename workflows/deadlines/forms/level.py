"""A service level without its targets, and one of its targets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm_config.definitions import Snapshot, TypeDef
from crm_config.forms.labels import LabelsField, merged
from crm_config.models import User
from crm_config.words.plain import label_here
from crm_config.working_copy.keys import propose_key
from records.access import Access
from records.forms.condition import ConditionField
from workflows.deadlines.definitions import WHOM
from workflows.models import BusinessCalendar, ServiceLevel

#: How long the chain of escalation is at most.
CHAIN = 3
CONDITIONS = {
    "condition": (_("About which records"), _("About all of them if it is empty.")),
    "starts": (_("The time begins to run when"), _("At creation, if it is empty.")),
    "pauses": (_("It stands still while"), _("Never, if it is empty.")),
}


class LevelForm(forms.Form):
    """The record type is chosen before, and stays."""

    def __init__(
        self,
        *args: Any,
        record_type: TypeDef,
        snapshot: Snapshot,
        user: User,
        languages: Sequence[str],
        level: ServiceLevel | None = None,
        **kwargs: Any,
    ) -> None:
        self.record_type, self.level, self.languages = record_type, level, languages
        if level is not None:
            kwargs["initial"] = _initial(level)
        super().__init__(*args, **kwargs)
        self.fields["labels"] = LabelsField(label=_("Name"), languages=languages, max_length=100)
        calendars = BusinessCalendar.objects.filter(retired=False)
        self.fields["calendar"] = forms.ChoiceField(
            label=_("Calendar"), choices=[(row.key, row.label) for row in calendars]
        )
        self.fields["order"] = forms.IntegerField(
            label=_("Order"),
            min_value=0,
            max_value=32767,
            initial=0,
            help_text=_("Of several that fit a record, the one with the lowest number counts."),
        )
        for name, (label, help_text) in CONDITIONS.items():
            self.fields[name] = ConditionField(
                record_type=record_type,
                snapshot=snapshot,
                access=Access.of(user),
                purpose="rule",
                required=False,
                label=label,
                help_text=help_text,
            )
        self.fields["warn_at"] = forms.IntegerField(
            label=_("Warn when so many percent of the time are used"),
            min_value=1,
            max_value=99,
            initial=80,
        )
        self._chain([(role.key, role.label) for role in snapshot.roles.values()])
        if level is not None:
            self.fields["retired"] = forms.BooleanField(label=_("Archived"), required=False)

    def _chain(self, roles: list[tuple[str, str]]) -> None:
        for n in range(1, CHAIN + 1):
            self.fields[f"after_{n}"] = forms.IntegerField(
                label=_("Escalation: after so many percent"),
                min_value=1,
                max_value=1000,
                required=False,
            )
            whom = [(key, label) for key, label in WHOM.items() if key != "role"]
            self.fields[f"whom_{n}"] = forms.ChoiceField(
                label=_("tell"),
                required=False,
                choices=[("", "–"), *whom, *((f"role:{key}", label) for key, label in roles)],
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for n in range(1, CHAIN + 1):
            if bool(cleaned.get(f"after_{n}")) != bool(cleaned.get(f"whom_{n}")):
                self.add_error(f"whom_{n}", _("Say both when and whom."))
        return cleaned

    @property
    def escalations(self) -> list[dict[str, Any]]:
        found = []
        for n in range(1, CHAIN + 1):
            after, whom = self.cleaned_data[f"after_{n}"], self.cleaned_data[f"whom_{n}"]
            if after and whom:
                kind, _colon, role = whom.partition(":")
                told = {"notify": kind, **({"role": role} if role else {})}
                found.append({"after_percent": after, **told})
        return sorted(found, key=lambda each: each["after_percent"])

    @property
    def raw(self) -> dict[str, Any]:
        """As a payload says it."""
        cleaned, row = self.cleaned_data, self.level
        taken = set(ServiceLevel.objects.values_list("key", flat=True))
        name = label_here(cleaned["labels"])
        return {
            "key": row.key if row else propose_key(name, taken=taken, fallback="level"),
            "type": self.record_type.key,
            "labels": merged(row.labels if row else {}, cleaned["labels"], self.languages),
            "targets": row.targets if row else [],
            **{name: cleaned[name] for name in ("calendar", "order", "warn_at", *CONDITIONS)},
            "escalations": self.escalations,
            "retired": cleaned.get("retired", False),
        }


def _initial(level: ServiceLevel) -> dict[str, Any]:
    names = ("labels", "calendar", "order", "warn_at", "retired", *CONDITIONS)
    found = {name: getattr(level, name) for name in names}
    for n, each in enumerate(level.escalations, start=1):
        role = each.get("role")
        found[f"after_{n}"] = each["after_percent"]
        found[f"whom_{n}"] = f"role:{role}" if role else each["notify"]
    return found


class TargetForm(forms.Form):
    def __init__(
        self,
        *args: Any,
        record_type: TypeDef,
        snapshot: Snapshot,
        user: User,
        languages: Sequence[str],
        target: Mapping[str, Any] | None = None,
        taken: Sequence[str] = (),
        **kwargs: Any,
    ) -> None:
        self.target, self.taken, self.languages = target, taken, languages
        if target is not None:
            hours, minutes = divmod(target["minutes"], 60)
            kwargs["initial"] = {**target, "hours": hours, "minutes": minutes}
        super().__init__(*args, **kwargs)
        self.fields["labels"] = LabelsField(label=_("Name"), languages=languages, max_length=100)
        self.fields["hours"] = forms.IntegerField(
            label=_("Hours"),
            min_value=0,
            max_value=8000,
            initial=0,
            help_text=_("Hours and minutes of the calendar."),
        )
        self.fields["minutes"] = forms.IntegerField(
            label=_("Minutes"), min_value=0, max_value=59, initial=0
        )
        self.fields["met"] = ConditionField(
            record_type=record_type,
            snapshot=snapshot,
            access=Access.of(user),
            purpose="rule",
            label=_("It is done when"),
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("hours") == 0 and cleaned.get("minutes") == 0:
            self.add_error("hours", _("Give it some time."))
        return cleaned

    @property
    def raw(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        before = self.target or {}
        name = label_here(cleaned["labels"])
        return {
            "key": before.get("key") or propose_key(name, taken=set(self.taken), fallback="target"),
            "labels": merged(before.get("labels"), cleaned["labels"], self.languages),
            "minutes": cleaned["hours"] * 60 + cleaned["minutes"],
            "met": cleaned["met"],
        }
