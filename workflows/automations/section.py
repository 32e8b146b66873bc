"""Automations and mail templates: how the working copy's become JSON and come back, and what is wrong with them."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _

from crm_config.compiler import Draft
from crm_config.conditions.api import ConditionInvalid
from crm_config.definitions import TypeDef
from crm_config.keys import is_key
from crm_config.problems import Problem
from crm_config.schema import CONDITION, FLAG, KEY, LABELS, objects, strict
from crm_config.sections.base import ConfigSection, Path, Reference
from crm_config.sections.record_types import compact
from crm_config.sections.rows import sync
from crm_config.segments import said
from workflows.actions.registry import ACTIONS
from workflows.automations.arguments import condition_of, relied_on, wrong
from workflows.automations.definitions import AutomationDef, TemplateDef, each
from workflows.automations.merging import unknown_fields
from workflows.models import Automation, MailTemplate
from workflows.triggers.registry import TRIGGERS

NAMES = ("labels", "description", "trigger", "condition", "actions", "owner", "run_as", "enabled", "limits",
         "retired")  # fmt: skip
TEMPLATE_NAMES = ("labels", "subject", "body", "retired")
#: Without `$ref`: actions hold actions; what is inside a branch, the check of the whole says.
ACTION = strict(
    {"key": KEY, "kind": {"type": "string"}, "arguments": {"type": "object"}}, "key", "kind"
)


def shape() -> dict[str, Any]:
    """Read when the schema is asked for, so that kinds of apps above are in it."""
    return {
        "type": "array",
        "description": "What happens by itself when something happened.",
        "items": strict(
            {
                "key": KEY,
                "type": KEY,
                "labels": LABELS,
                "description": LABELS,
                "trigger": {
                    "type": "object",
                    "properties": {"kind": {"type": "string"}},
                    "required": ["kind"],
                },
                "condition": {"anyOf": [CONDITION, {"type": "null"}]},
                "actions": objects(ACTION),
                "owner": {"type": ["string", "null"], "maxLength": 150},
                "run_as": {"enum": ["system", "actor"]},
                "enabled": FLAG,
                "limits": strict(
                    {
                        "depth": {"type": "integer", "minimum": 0, "maximum": 20},
                        "per_record_hour": {"type": "integer", "minimum": 1, "maximum": 1000},
                    }
                ),
                "retired": FLAG,
            },
            "key",
            "type",
            "trigger",
        ),
    }


TEMPLATES_SHAPE = {
    "type": "array",
    "description": "Mails with merge fields, by language.",
    "items": strict(
        {"key": KEY, "type": KEY, "labels": LABELS, "subject": LABELS,
         "body": {"type": "object", "additionalProperties": {"type": "string", "maxLength": 20000}},
         "retired": FLAG},
        "key",
        "type",
    ),
}  # fmt: skip


class AutomationSection(ConfigSection):
    key = "automations"
    optional = True

    def dump(self) -> list[dict[str, Any]]:
        return [self.dump_row(row) for row in Automation.objects.order_by("key")]

    @staticmethod
    def dump_row(row: Automation) -> dict[str, Any]:
        trigger = {"trigger": row.trigger}
        return {"key": row.key, "type": row.type, **trigger, **compact(row, NAMES)}

    def load(self, part: Any, *, replace: bool) -> None:
        sync(Automation.objects.all(), part, by=("key",), names=("type", *NAMES), replace=replace)

    def check(self, part: Any, draft: Draft) -> Iterable[Problem]:
        for raw in part:
            if not raw.get("retired"):
                path = ("automations", raw["key"])
                for message in problems(raw, draft):
                    yield Problem(path, message)

    def compile(self, part: Any, draft: Draft) -> Mapping[str, AutomationDef]:
        return MappingProxyType({raw["key"]: AutomationDef.of(raw) for raw in part})

    def references(self, part: Any, draft: Draft) -> Iterable[Reference]:
        for raw in part:
            source: Path = ("automations", raw["key"])
            if raw.get("retired"):
                continue
            found: dict[Path, None] = {("record_types", raw["type"]): None}
            record_type = draft.snapshot.types.get(raw["type"])
            if record_type is not None:
                for target in _targets(AutomationDef.of(raw), draft, record_type):
                    found[target] = None
            for target in found:
                yield Reference(source, target, _("automation"))


def problems(raw: Mapping[str, Any], draft: Draft) -> Iterator[str]:
    if not is_key(raw["key"]):
        yield _("A key has small letters, digits and single underscores.")
    record_type = draft.snapshot.types.get(raw["type"])
    if record_type is None:
        yield _("There is no record type “%(key)s”.") % {"key": raw["type"]}
        return
    if misshapen(raw.get("actions", ())):
        yield _("The actions of a branch are a list, each with a key and a kind.")
        return
    automation = AutomationDef.of(raw)
    kind = TRIGGERS.get(automation.kind)
    if kind is None:
        yield _("There is no trigger “%(key)s”.") % {"key": automation.kind}
    else:
        yield from wrong(kind.arguments, automation.trigger, draft.snapshot, record_type)
    if automation.condition:
        try:
            condition_of(automation.condition, draft.snapshot, record_type)
        except ConditionInvalid as invalid:
            yield from said(invalid)
    yield from _actions(automation, draft, record_type)


def misshapen(actions: Any) -> bool:
    """Whether actions, those inside branches too, are anything else than actions."""
    if not isinstance(actions, list | tuple):
        return True
    for action in actions:
        if not isinstance(action, Mapping) or not {"key", "kind"} <= action.keys():
            return True
        given = action.get("arguments", {})
        cases = given.get("cases", [])
        if not isinstance(cases, list) or not all(isinstance(case, Mapping) for case in cases):
            return True
        inner = [case.get("actions", []) for case in cases]
        if any(misshapen(some) for some in (*inner, given.get("otherwise", []))):
            return True
    return False


def _actions(automation: AutomationDef, draft: Draft, record_type: TypeDef) -> Iterator[str]:
    found = list(each(automation.actions))
    for key, number in Counter(action.key for action in found).items():
        if number > 1:
            yield _("Two actions have the key “%(key)s”.") % {"key": key}
    for action in found:
        kind = ACTIONS.get(action.kind)
        if kind is None:
            yield _("There is no action “%(key)s”.") % {"key": action.kind}
            continue
        for message in wrong(kind.arguments, action.arguments, draft.snapshot, record_type):
            yield f"{kind.label}: {message}"


def _targets(automation: AutomationDef, draft: Draft, record_type: TypeDef) -> Iterator[Path]:
    if kind := TRIGGERS.get(automation.kind):
        yield from relied_on(kind.arguments, automation.trigger, draft.snapshot, record_type)
    if automation.condition:
        with contextlib.suppress(ConditionInvalid):
            yield from sorted(
                condition_of(automation.condition, draft.snapshot, record_type).references()
            )
    for action in each(automation.actions):
        if action.kind in ACTIONS:
            arguments = ACTIONS[action.kind].arguments
            yield from relied_on(arguments, action.arguments, draft.snapshot, record_type)


class TemplateSection(ConfigSection):
    key = "templates"
    optional = True

    def dump(self) -> list[dict[str, Any]]:
        return [
            {"key": row.key, "type": row.type, **compact(row, TEMPLATE_NAMES)}
            for row in MailTemplate.objects.order_by("key")
        ]

    def load(self, part: Any, *, replace: bool) -> None:
        names = ("type", *TEMPLATE_NAMES)
        sync(MailTemplate.objects.all(), part, by=("key",), names=names, replace=replace)

    def check(self, part: Any, draft: Draft) -> Iterable[Problem]:
        for raw in part:
            path = ("templates", raw["key"])
            record_type = draft.snapshot.types.get(raw["type"])
            if raw.get("retired"):
                continue
            if record_type is None:
                yield Problem(path, _("There is no record type “%(key)s”.") % {"key": raw["type"]})
                continue
            for field in unknown_fields(TemplateSection._texts(raw), record_type):
                yield Problem(path, _("There is no field “%(key)s”.") % {"key": field})

    @staticmethod
    def _texts(raw: Mapping[str, Any]) -> list[str]:
        return [*raw.get("subject", {}).values(), *raw.get("body", {}).values()]

    def compile(self, part: Any, draft: Draft) -> Mapping[str, TemplateDef]:
        return MappingProxyType({raw["key"]: TemplateDef(**raw) for raw in part})

    def references(self, part: Any, draft: Draft) -> Iterable[Reference]:
        for raw in part:
            if not raw.get("retired"):
                source: Path = ("templates", raw["key"])
                yield Reference(source, ("record_types", raw["type"]), _("mail template"))
