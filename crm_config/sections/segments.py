"""Segments: how the working copy's become JSON and come back, what is wrong with them, what they refer to."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from crm_config import labels
from crm_config.compiler import Draft
from crm_config.conditions.api import ConditionInvalid, parse
from crm_config.keys import is_key
from crm_config.models import Segment
from crm_config.problems import Problem
from crm_config.references import field_path
from crm_config.sections.base import Path, Reference
from crm_config.sections.of_types import OfTypes
from crm_config.segment_compiler import Compiler
from crm_config.segments import (
    DYNAMIC,
    STATIC,
    SegmentDef,
    circle,
    defining,
    find_named,
    named_in,
    said,
)

NAMES = (
    "labels",
    "description",
    "kind",
    "condition",
    "roles",
    "keepers",
    "columns",
    "tracks",
    "retired",
)


class SegmentSection(OfTypes):
    key = "segments"

    model = Segment
    names = NAMES

    def compile(self, part: Any, draft: Draft) -> Mapping[str, SegmentDef]:
        return Compiler(part, draft.snapshot).compile()

    def check(self, part: Any, draft: Draft) -> Iterable[Problem]:
        in_rights = set(_in_rights(draft))
        names = {raw["key"]: named_in(raw.get("condition")) for raw in part}
        called = {raw["key"]: labels.text(raw.get("labels"), default=raw["key"]) for raw in part}
        for raw in part:
            yield from _shape(raw, draft)
            if way := circle(raw["key"], names):
                trail = " → ".join(called.get(key, key) for key in way)
                message = _("It goes in a circle: %(trail)s.") % {"trail": trail}
                yield Problem(_path(raw), message)
            elif raw["type"] in draft.types and not _at_rest(raw, draft):
                yield from _condition(raw, draft)
            if raw["key"] in in_rights and _open_list(raw):
                message = _("Rights depend on it: say which roles may change its list.")
                yield Problem(_path(raw), message)

    def references(self, part: Any, draft: Draft) -> Iterable[Reference]:
        for raw in part:
            source, weak = _path(raw), _at_rest(raw, draft)
            yield Reference(source, ("record_types", raw["type"]), _("segment of it"), weak=weak)
            for target in _condition_references(raw, draft):
                yield Reference(source, target, _("condition"), weak=weak)
            for key in raw.get("columns", []):
                yield Reference(source, field_path(raw["type"], key), _("columns"), weak=weak)
            for role in raw.get("roles", []):
                yield Reference(source, ("roles", role), _("shared with"))
            for role in raw.get("keepers", []):
                yield Reference(source, ("roles", role), _("kept by"))


def _path(raw: Mapping[str, Any]) -> Path:
    return ("segments", raw["key"])


def _shape(raw: Mapping[str, Any], draft: Draft) -> Iterator[Problem]:
    if not is_key(raw["key"]):
        message = _("A key has small letters, digits and single underscores.")
        yield Problem(_path(raw), message)
    if raw["type"] not in draft.types:
        message = _("There is no record type “%(key)s”.") % {"key": raw["type"]}
        yield Problem(_path(raw), message)
    static, condition = raw.get("kind", DYNAMIC) == STATIC, raw.get("condition")
    if static and condition is not None:
        yield Problem(_path(raw), _("It is kept by hand: it can have no condition."))
    if not static and condition is None:
        yield Problem(_path(raw), _("Give it a condition, or let it be kept by hand."))


def _condition(raw: Mapping[str, Any], draft: Draft) -> Iterator[Problem]:
    if raw.get("condition") is None:
        return
    try:
        _parsed(raw, draft)
    except ConditionInvalid as invalid:
        for message in said(invalid):
            yield Problem(_path(raw), message)


def _parsed(raw: Mapping[str, Any], draft: Draft) -> Any:
    snapshot = draft.snapshot
    find = find_named(snapshot)
    context = defining(snapshot, snapshot.types[raw["type"]], key=raw["key"], find_segment=find)
    return parse(raw["condition"], context)


def _condition_references(raw: Mapping[str, Any], draft: Draft) -> Iterable[Path]:
    """Of a condition that cannot be read, at least the segments that it names."""
    if raw.get("condition") is None or raw["type"] not in draft.types:
        return []
    try:
        return sorted(_parsed(raw, draft).references())
    except ConditionInvalid:
        named = () if _at_rest(raw, draft) else named_in(raw["condition"])
        return [("segments", key) for key in sorted(named)]


def _at_rest(raw: Mapping[str, Any], draft: Draft) -> bool:
    """Archived, or of an archived type: it means nothing meanwhile."""
    return bool(raw.get("retired") or draft.types.get(raw["type"], {}).get("retired"))


def _in_rights(draft: Draft) -> Iterator[str]:
    """The segments that decide about somebody's rights, directly or through others."""
    names = {s["key"]: named_in(s.get("condition")) for s in draft.payload.get("segments", [])}
    todo = [key for role in draft.payload.get("roles", []) for key in named_in(role)]
    done: set[str] = set()
    while todo:
        key = todo.pop()
        if key not in done:
            done.add(key)
            todo.extend(names.get(key, ()))
    yield from done


def _open_list(raw: Mapping[str, Any]) -> bool:
    return raw.get("kind", DYNAMIC) != DYNAMIC and not raw.get("keepers")
