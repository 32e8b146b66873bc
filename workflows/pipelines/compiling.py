"""From the payload's JSON to definitions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.pipelines.definitions import OPEN, CheckDef, PipelineDef, StageDef, TransitionDef


def compiled(raw: Mapping[str, Any]) -> PipelineDef:
    return PipelineDef(
        key=raw["key"],
        record_type=raw["type"],
        labels=raw.get("labels", {}),
        description=raw.get("description", {}),
        condition=raw.get("condition"),
        from_field=raw.get("from_field", ""),
        order=raw.get("order", 100),
        no_skip=raw.get("no_skip", False),
        no_backward=raw.get("no_backward", False),
        anywhere_by_import=raw.get("anywhere_by_import", True),
        stages=tuple(_stage(each) for each in raw.get("stages", ())),
        transitions=tuple(_transition(each) for each in raw.get("transitions", ())),
        retired=raw.get("retired", False),
    )


def _stage(raw: Mapping[str, Any]) -> StageDef:
    return StageDef(
        key=raw["key"],
        labels=raw.get("labels", {}),
        colour=raw.get("colour", ""),
        meaning=raw.get("meaning", OPEN),
        probability=raw.get("probability"),
        status=raw.get("status", ""),
        entry=tuple(raw.get("entry", ())),
        exit=tuple(raw.get("exit", ())),
        help=raw.get("help", {}),
        stale_after=raw.get("stale_after"),
        start=raw.get("start", False),
        retired=raw.get("retired", False),
        moved_to=raw.get("moved_to", ""),
        checklist=tuple(
            CheckDef(each["key"], each.get("labels", {})) for each in raw.get("checklist", ())
        ),
        all_done=raw.get("all_done", False),
    )


def _transition(raw: Mapping[str, Any]) -> TransitionDef:
    return TransitionDef(
        key=raw["key"],
        to=raw["to"],
        labels=raw.get("labels", {}),
        sources=tuple(raw.get("from", ())),
        roles=frozenset(raw.get("roles", ())),
        by=raw.get("by"),
        guard=raw.get("guard"),
        message=raw.get("message", {}),
        fields=tuple(raw.get("fields", ())),
        sets=raw.get("sets", {}),
    )
