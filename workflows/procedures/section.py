"""Procedures: how the working copy's become JSON and come back, what is wrong with them, what they refer to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _

from crm_config.compiler import Draft
from crm_config.conditions.api import ConditionInvalid
from crm_config.keys import is_key
from crm_config.problems import Problem
from crm_config.sections.base import Path, Reference
from crm_config.sections.of_types import OfTypes
from workflows.models import Procedure
from workflows.procedures.conditions import asks_of_changes, read
from workflows.procedures.definitions import SECTION, ProcedureDef

NAMES = ("labels", "description", "when", "message", "mode", "approval", "retired")


class ProcedureSection(OfTypes):
    key = SECTION
    optional = True

    model = Procedure
    names = NAMES
    always = ("moments", "must")

    def compile(self, part: Any, draft: Draft) -> Mapping[str, ProcedureDef]:
        return MappingProxyType({raw["key"]: ProcedureDef.of(raw) for raw in part})

    def check(self, part: Any, draft: Draft) -> Iterable[Problem]:
        """An archived procedure holds nothing, and so may name what is gone."""
        for raw in part:
            if not _at_rest(raw, draft):
                for message in wrong(raw, draft):
                    yield Problem((SECTION, raw["key"]), message)

    def references(self, part: Any, draft: Draft) -> Iterable[Reference]:
        for raw in part:
            source, weak = (SECTION, raw["key"]), _at_rest(raw, draft)
            yield Reference(source, ("record_types", raw["type"]), _("procedure of it"), weak=weak)
            for target in _named(raw, draft):
                yield Reference(source, target, _("procedure"), weak=weak)
            if raw.get("approval"):
                target = ("approvals", raw["approval"])
                yield Reference(source, target, _("approved by"), weak=weak)


def wrong(raw: Mapping[str, Any], draft: Draft) -> Iterator[str]:
    if not is_key(raw["key"]):
        yield _("A key has small letters, digits and single underscores.")
    if raw["type"] not in draft.types:
        yield _("There is no record type “%(key)s”.") % {"key": raw["type"]}
        return
    if not raw["moments"]:
        yield _("Say at which moments it holds.")
    if "nightly" in raw["moments"] and asks_of_changes([raw.get("when"), raw["must"]]):
        yield _("What changed cannot be asked each night: take that moment out.")
    yield from _mode(raw, draft)
    try:
        read(ProcedureDef.of(raw), draft.snapshot)
    except ConditionInvalid as invalid:
        yield from (str(problem) for problem in invalid.problems)


def _mode(raw: Mapping[str, Any], draft: Draft) -> Iterator[str]:
    approval = raw.get("approval")
    if raw.get("mode") != "approve":
        if approval:
            yield _("It asks for no approval: take the approval process out.")
        return
    known = {each["key"]: each for each in draft.payload.get("approvals", [])}
    if not approval:
        yield _("Say by which process it is approved.")
    elif approval not in known or known[approval].get("retired"):
        yield _("There is no approval process “%(key)s”.") % {"key": approval}
    elif known[approval]["type"] != raw["type"]:
        yield _("The approval process is about other records.")


def _named(raw: Mapping[str, Any], draft: Draft) -> list[Path]:
    """Of a condition that cannot be read nothing is known; the check says so."""
    try:
        rule = read(ProcedureDef.of(raw), draft.snapshot)
    except ConditionInvalid:
        return []
    return sorted({path for condition in rule.conditions for path in condition.references()})


def _at_rest(raw: Mapping[str, Any], draft: Draft) -> bool:
    """Archived, or of an archived type: it means nothing meanwhile."""
    return bool(raw.get("retired") or draft.types.get(raw["type"], {}).get("retired"))
