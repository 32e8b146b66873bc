"""Pipelines as published: the stages that records of a type go through, and the ways between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from crm_config import labels
from crm_config.definitions import nothing

#: What a stage means to reports: still open, ended well or badly, waiting, or simply done.
OPEN, WON, LOST, ON_HOLD, DONE = "open", "won", "lost", "on_hold", "done"
MEANINGS = (OPEN, WON, LOST, ON_HOLD, DONE)
#: Nothing is expected to happen any more.
ENDED = frozenset({WON, LOST, DONE})


@dataclass(frozen=True, eq=False)
class CheckDef:
    """Something to be ticked while a record is in a stage."""

    key: str
    labels: Mapping[str, str] = field(default_factory=nothing)

    @property
    def label(self) -> str:
        return labels.text(self.labels, default=self.key)


@dataclass(frozen=True, eq=False)
class StageDef:
    """`entry` and `exit` are the fields that must have a value to come in and to leave. `probability` is in
    percent, `stale_after` in days. `status` is a word for reports, the same in pipelines whose stages differ.
    A retired stage takes no more records; those still in it are to go to `moved_to`. `checklist` is what is to be
    ticked here; `all_done`: all of it, before a record goes on."""

    key: str
    labels: Mapping[str, str] = field(default_factory=nothing)
    colour: str = ""
    meaning: str = OPEN
    probability: int | None = None
    status: str = ""
    entry: tuple[str, ...] = ()
    exit: tuple[str, ...] = ()
    help: Mapping[str, str] = field(default_factory=nothing)
    stale_after: int | None = None
    start: bool = False
    retired: bool = False
    moved_to: str = ""
    checklist: tuple[CheckDef, ...] = ()
    all_done: bool = False

    @property
    def label(self) -> str:
        return labels.text(self.labels, default=self.key)

    @property
    def help_text(self) -> str:
        return labels.text(self.help)

    @property
    def ended(self) -> bool:
        return self.meaning in ENDED


@dataclass(frozen=True, eq=False)
class TransitionDef:
    """A way into the stage `to`, from those of `sources` (from all, where there are none). `roles`: who may go
    it (empty: whoever may move the record at all); `by`: on which records, also by who asks. `guard` must hold
    of the record as it will be, or `message` is told. `fields` are asked for on the way; `sets` gives fields
    values. The conditions are JSON, read by `workflows.pipelines.conditions`."""

    key: str
    to: str
    labels: Mapping[str, str] = field(default_factory=nothing)
    sources: tuple[str, ...] = ()
    roles: frozenset[str] = frozenset()
    by: Any = None
    guard: Any = None
    message: Mapping[str, str] = field(default_factory=nothing)
    fields: tuple[str, ...] = ()
    sets: Mapping[str, Any] = field(default_factory=nothing)

    @property
    def label(self) -> str:
        return labels.text(self.labels)

    @property
    def message_text(self) -> str:
        return labels.text(self.message)


@dataclass(frozen=True, eq=False)
class PipelineDef:
    """`condition`, JSON, picks the records that are to go through it; of several pipelines of a type, the first
    that fits takes a new record. `from_field` is a choice whose options are called as the stages: it tells where
    records are that came before the pipeline."""

    key: str
    record_type: str
    labels: Mapping[str, str] = field(default_factory=nothing)
    description: Mapping[str, str] = field(default_factory=nothing)
    condition: Any = None
    from_field: str = ""
    order: int = 100
    no_skip: bool = False
    no_backward: bool = False
    anywhere_by_import: bool = True
    stages: tuple[StageDef, ...] = ()
    transitions: tuple[TransitionDef, ...] = ()
    retired: bool = False

    @property
    def label(self) -> str:
        return labels.text(self.labels, default=self.key)

    @cached_property
    def by_key(self) -> Mapping[str, StageDef]:
        return {stage.key: stage for stage in self.stages}

    @cached_property
    def active(self) -> tuple[StageDef, ...]:
        return tuple(stage for stage in self.stages if not stage.retired)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Where each stage in use stands, from 0."""
        return {stage.key: place for place, stage in enumerate(self.active)}

    @property
    def start(self) -> StageDef:
        """Where a record begins that nobody gave a stage. Raises `IndexError` where all stages are retired."""
        return next((s for s in self.active if s.start), self.active[0])

    @property
    def starts(self) -> tuple[StageDef, ...]:
        return tuple(s for s in self.active if s.start) or self.active[:1]
