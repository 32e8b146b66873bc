"""Pipelines in the payload: how they are stored, what is wrong with them, what they refer to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _

from crm_config import rules
from crm_config.compiler import Draft
from crm_config.conditions.api import ConditionInvalid
from crm_config.keys import is_key
from crm_config.problems import Problem
from crm_config.references import field_path
from crm_config.sections.base import Path, Reference
from crm_config.sections.of_types import OfTypes
from workflows.models import Pipeline
from workflows.pipelines.checking import stage_problems, transition_problems
from workflows.pipelines.compiling import compiled
from workflows.pipelines.definitions import PipelineDef
from workflows.pipelines.live import SECTION

NAMES = (
    "labels",
    "description",
    "condition",
    "from_field",
    "order",
    "no_skip",
    "no_backward",
    "anywhere_by_import",
    "transitions",
    "retired",
)


class PipelineSection(OfTypes):
    key = SECTION
    optional = True

    model = Pipeline
    names = NAMES
    always = ("stages",)

    def compile(self, part: Any, draft: Draft) -> Mapping[str, PipelineDef]:
        return MappingProxyType({raw["key"]: compiled(raw) for raw in part})

    def check(self, part: Any, draft: Draft) -> Iterable[Problem]:
        for raw in part:
            yield from _own(raw, draft)
            if raw["type"] in draft.types and not raw.get("retired"):
                yield from stage_problems(raw, draft)
                yield from transition_problems(raw, draft)
        yield from _doubled(part)

    def references(self, part: Any, draft: Draft) -> Iterable[Reference]:
        for raw in part:
            source, weak = path_of(raw), bool(raw.get("retired"))
            # It rests with its type when that is archived.
            yield Reference(source, ("record_types", raw["type"]), _("pipeline of it"), weak=True)
            for target in _conditions(raw, draft):
                yield Reference(source, target, _("condition"), weak=weak)
            for key in _fields(raw):
                yield Reference(source, field_path(raw["type"], key), _("stage"), weak=weak)
            for transition in raw.get("transitions", ()):
                for role in transition.get("roles", ()):
                    yield Reference(source, ("roles", role), _("may move"), weak=weak)


def path_of(raw: Mapping[str, Any]) -> Path:
    return (SECTION, raw["key"])


def _own(raw: Mapping[str, Any], draft: Draft) -> Iterator[Problem]:
    if not is_key(raw["key"]):
        message = _("A key has small letters, digits and single underscores.")
        yield Problem(path_of(raw), message)
    if raw["type"] not in draft.types:
        message = _("There is no record type “%(key)s”.") % {"key": raw["type"]}
        yield Problem(path_of(raw), message)
    elif raw.get("condition") and not raw.get("retired"):
        for problem in rules.problems(
            raw["condition"], draft.snapshot, draft.snapshot.types[raw["type"]]
        ):
            yield Problem(path_of(raw), str(problem))


def _doubled(part: Iterable[Mapping[str, Any]]) -> Iterator[Problem]:
    """A record has one stage, whatever pipeline it is in."""
    owners: dict[tuple[str, str], str] = {}
    for raw in part:
        for stage in raw.get("stages", ()):
            place = raw["type"], stage["key"]
            if owners.setdefault(place, raw["key"]) != raw["key"]:
                message = _("Another pipeline of the type has a stage “%(key)s” too.")
                yield Problem(
                    (*path_of(raw), "stages", stage["key"]), message % {"key": stage["key"]}
                )


def _fields(raw: Mapping[str, Any]) -> list[str]:
    found: dict[str, None] = {}
    for stage in raw.get("stages", ()):
        found.update(dict.fromkeys((*stage.get("entry", ()), *stage.get("exit", ()))))
    for transition in raw.get("transitions", ()):
        found.update(dict.fromkeys((*transition.get("fields", ()), *transition.get("sets", {}))))
    return list(found)


def _conditions(raw: Mapping[str, Any], draft: Draft) -> list[Path]:
    """Of a condition that cannot be read nothing is known; the check says so."""
    record_type = draft.snapshot.types.get(raw["type"])
    if record_type is None:
        return []
    found: set[Path] = set()
    for condition in conditions_of(raw):
        try:
            found |= rules.read(condition, draft.snapshot, record_type).references()
        except ConditionInvalid:
            continue
    return sorted(found)


def conditions_of(raw: Mapping[str, Any]) -> list[Any]:
    said = [raw.get("condition")]
    for transition in raw.get("transitions", ()):
        said += [transition.get("by"), transition.get("guard")]
    return [condition for condition in said if condition]
