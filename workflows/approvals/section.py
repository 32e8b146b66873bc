"""Approval processes: how the working copy's become JSON and come back, what is wrong, what they refer to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _

from crm_config.compiler import Draft
from crm_config.keys import is_key
from crm_config.problems import Problem
from crm_config.references import field_path
from crm_config.sections.base import Path, Reference
from crm_config.sections.of_types import OfTypes
from workflows.approvals.definitions import SECTION, ProcessDef
from workflows.models import ApprovalProcess

NAMES = ("labels", "order", "different_from_requester", "retired")


class ApprovalSection(OfTypes):
    key = SECTION
    optional = True

    model = ApprovalProcess
    names = NAMES
    always = ("steps",)

    def compile(self, part: Any, draft: Draft) -> Mapping[str, ProcessDef]:
        return MappingProxyType({raw["key"]: ProcessDef.of(raw) for raw in part})

    def check(self, part: Any, draft: Draft) -> Iterable[Problem]:
        for raw in part:
            if not _at_rest(raw, draft):
                for message in wrong(raw, draft):
                    yield Problem((SECTION, raw["key"]), message)

    def references(self, part: Any, draft: Draft) -> Iterable[Reference]:
        for raw in part:
            source, weak = (SECTION, raw["key"]), _at_rest(raw, draft)
            yield Reference(source, ("record_types", raw["type"]), _("approval of it"), weak=weak)
            for target in dict.fromkeys(_named(raw)):
                yield Reference(source, target, _("approver"), weak=weak)


def wrong(raw: Mapping[str, Any], draft: Draft) -> Iterator[str]:
    if not is_key(raw["key"]):
        yield _("A key has small letters, digits and single underscores.")
    if raw["type"] not in draft.types:
        yield _("There is no record type “%(key)s”.") % {"key": raw["type"]}
        return
    if not raw["steps"]:
        yield _("It needs at least one step.")
    keys = [step["key"] for step in raw["steps"]]
    if len(set(keys)) < len(keys):
        yield _("Two of its steps have the same key.")
    for step in raw["steps"]:
        if not step["approvers"]:
            yield _("The step “%(key)s” asks nobody.") % {"key": step["key"]}
        for who in (*step["approvers"], *step.get("escalate_to", ())):
            yield from _who(who, raw["type"], draft)


def _who(who: Mapping[str, Any], record_type: str, draft: Draft) -> Iterator[str]:
    if "role" in who and who["role"] not in draft.snapshot.roles:
        yield _("There is no role “%(key)s”.") % {"key": who["role"]}
    if "field" in who:
        f = draft.snapshot.types[record_type].fields.get(who["field"])
        if f is None or f.retired or f.type.key != "user":
            yield _("“%(key)s” is no field that holds a person.") % {"key": who["field"]}


def _named(raw: Mapping[str, Any]) -> Iterator[Path]:
    for step in raw["steps"]:
        for who in (*step["approvers"], *step.get("escalate_to", ())):
            if "role" in who:
                yield ("roles", who["role"])
            elif "field" in who:
                yield field_path(raw["type"], who["field"])


def _at_rest(raw: Mapping[str, Any], draft: Draft) -> bool:
    return bool(raw.get("retired") or draft.types.get(raw["type"], {}).get("retired"))
