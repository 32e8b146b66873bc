"""Form fields for arguments, made from their description."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crm_config.definitions import Snapshot, TypeDef
from crm_config.models import User
from crm_config.segments import segments_of
from records.access import Access
from records.forms.condition import ConditionField
from records.forms.giving import GivingField
from workflows.approvals.definitions import processes_of
from workflows.automations.arguments import Argument
from workflows.automations.definitions import templates_of
from workflows.automations.forms.giving import RecordSources


class LinesField(forms.CharField):
    """One entry a line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return [line.strip() for line in (text or "").splitlines() if line.strip()]


class JsonField(forms.CharField):
    """What has a shape of its own, as JSON."""

    widget = forms.Textarea(attrs={"rows": 8, "class": "studio-code", "spellcheck": "false"})

    def prepare_value(self, value: Any) -> Any:
        plain = isinstance(value, str) or value is None
        return value if plain else json.dumps(value, ensure_ascii=False, indent=1)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        try:
            return json.loads(text)
        except (ValueError, RecursionError) as error:
            raise ValidationError(_("This is not JSON."), code="json") from error


def fields(
    arguments: Iterable[Argument],
    record_type: TypeDef,
    snapshot: Snapshot,
    user: User,
    *,
    chosen: Mapping[str, Any],
) -> dict[str, forms.Field]:
    """`chosen`: what is said of other arguments so far, such as of which type the record is that is made."""
    return {a.name: _field(a, record_type, snapshot, user, chosen) for a in arguments}


def _field(
    argument: Argument,
    record_type: TypeDef,
    snapshot: Snapshot,
    user: User,
    chosen: Mapping[str, Any],
) -> forms.Field:
    said: Mapping[str, Any] = {
        "label": argument.label,
        "help_text": argument.help,
        "required": argument.required,
    }
    kind = argument.kind
    if kind == "condition":
        return ConditionField(
            record_type=record_type,
            snapshot=snapshot,
            access=Access.of(user),
            purpose="trigger",
            **said,
        )
    if kind in ("fields", "file_fields"):
        every = record_type.all_fields.values()
        choices = [(f.key, f.label) for f in every if kind == "fields" or f.type.key == "file"]
        return forms.MultipleChoiceField(
            choices=choices, widget=forms.CheckboxSelectMultiple, **said
        )
    if kind == "flag":
        return forms.BooleanField(**{**said, "required": False})
    if kind == "number":
        return forms.IntegerField(**said)
    if kind == "users":
        return LinesField(**said)
    if kind == "values":
        of = snapshot.types.get(str(chosen.get(argument.of) or "")) if argument.of else record_type
        return GivingField(
            record_type=of,
            sources=RecordSources(record_type, snapshot),
            access=Access.of(user),
            **said,
        )
    if kind == "link" and argument.of:
        return forms.ChoiceField(choices=_links(snapshot, chosen.get(argument.of), said), **said)
    if kind in ("mapping", "targets", "back", "cases", "actions"):
        return JsonField(**said)
    offered = _choices(argument, record_type, snapshot)
    if offered is None:
        return forms.CharField(max_length=2000, **said)
    empty = [] if argument.required else [("", "–")]
    return forms.ChoiceField(choices=[*empty, *offered], **said)


def _links(snapshot: Snapshot, of: Any, said: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Those of the type that was chosen, and before that of all types."""
    wanted = snapshot.types.get(str(of or ""))
    found = {
        f.key: f.label if wanted else f"{f.label} ({t.label})"
        for t in ([wanted] if wanted else snapshot.active_types)
        for f in t.active
        if f.type.storage == "links"
    }
    return [*([] if said["required"] else [("", "–")]), *found.items()]


def _choices(
    argument: Argument, record_type: TypeDef, snapshot: Snapshot
) -> list[tuple[str, Any]] | None:
    """None where anything may be written."""
    match argument.kind:
        case "choice":
            return list(argument.choices)
        case "field" if not argument.of:
            return [(f.key, f.label) for f in record_type.all_fields.values()]
        case "date_field":
            dates = ("date", "datetime")
            return [
                (f.key, f.label) for f in record_type.all_fields.values() if f.type.key in dates
            ]
        case "stage":
            found = record_type.all_fields.get("stage")
            return [(o.key, o.label) for o in found.choices if not o.retired] if found else []
        case "type":
            return [(t.key, t.label) for t in snapshot.active_types]
        case "role":
            return [(r.key, r.label) for r in snapshot.roles.values()]
        case "segment":
            return [(s.key, s.label) for s in segments_of(snapshot).values() if s.in_use]
        case "approval":
            return [
                (p.key, p.label)
                for p in processes_of(snapshot).values()
                if p.type == record_type.key and not p.retired
            ]
        case "form" | "survey":
            known = snapshot.sections.get(f"{argument.kind}s") or {}
            return [(f.key, f.label) for f in known.values() if f.type == record_type.key]
        case "template":
            return [(t.key, t.label) for t in templates_of(snapshot).values() if not t.retired]
    return None


def given(arguments: Iterable[Argument], cleaned: Mapping[str, Any]) -> dict[str, Any]:
    """What was said, without what was left empty."""
    found = {a.name: cleaned.get(a.name) for a in arguments}
    return {name: value for name, value in found.items() if value not in (None, "", [], {}, False)}
