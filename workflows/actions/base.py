"""What a kind of action is, what it gets to work with, and how it can end."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from crm_config.definitions import Snapshot, TypeDef
from records import services
from records.access import Access
from records.errors import NotVisible
from records.gate.change import Change, Receipt
from records.models import Event
from records.selectors import reading
from records.selectors.reading import RecordView
from workflows.automations.arguments import Argument, Text
from workflows.automations.definitions import ActionDef, AutomationDef


class Pause(Exception):
    """It cannot go on by itself: the message says what stands in the way."""


class TryLater(Exception):
    """Trying again can help: the other side does not answer."""


class Wait(Exception):
    """Not yet: look again at `until`. The action is not done."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__()


@dataclass(frozen=True)
class Result:
    """`words` for the history; `first` are keys of actions to do before the rest; `stop`: the rest is left."""

    words: str = ""
    batch: uuid.UUID | None = None
    first: Sequence[str] = ()
    stop: bool = False
    context: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class Work:
    """What an action has before it. `key` is the same however often an action that reaches out is tried; `kept`
    is what the run remembers, such as the ids of what it made."""

    automation: AutomationDef
    action: ActionDef
    record_id: int
    access: Access
    key: uuid.UUID
    now: datetime
    kept: Mapping[str, Any] = field(default_factory=dict)
    run_id: int | None = None

    @property
    def given(self) -> Mapping[str, Any]:
        return self.action.arguments

    @property
    def snapshot(self) -> Snapshot:
        return self.access.snapshot

    @cached_property
    def type(self) -> TypeDef:
        try:
            return self.snapshot.types[self.automation.type]
        except KeyError as error:
            raise Pause(self.automation.type) from error

    @cached_property
    def view(self) -> RecordView:
        """The record as whoever it acts for may read it. Raises `Pause` where it is gone."""
        try:
            return reading.get(self.record_id, access=self.access)
        except NotVisible as error:
            raise Pause(_("There is no such record any more.")) from error

    def check(self, changes: Sequence[Change]) -> list[str]:
        """What would stand in the way."""
        outcomes = services.check(changes, access=self.access, channel=Event.Channel.AUTOMATION)
        return [str(r.message) for outcome in outcomes for r in outcome.refusals]

    def execute(self, changes: Sequence[Change]) -> Receipt:
        """Through the gate, with all that rules of the company ask. A refusal pauses the run."""
        receipt = services.execute(
            changes,
            access=self.access,
            channel=Event.Channel.AUTOMATION,
            reason=self.automation.label,
        )
        if not receipt.ok:
            said = [str(r.message) for outcome in receipt.refused for r in outcome.refusals]
            raise Pause(" ".join(said))
        return receipt


@dataclass(frozen=True, eq=False)
class Action:
    """`external`: it reaches out of the house, outside any transaction, and is done at least once."""

    key: str
    label: Text
    description: Text
    icon: str = "cog"
    arguments: tuple[Argument, ...] = ()
    external: bool = False

    def plan(self, work: Work) -> str:
        """What it would do, in words; nothing is done. Raises `Pause` with what stands in the way."""
        return str(self.label)

    def run(self, work: Work) -> Result:
        raise NotImplementedError

    def says(self, given: Mapping[str, Any], record_type: TypeDef) -> str:
        """As part of the automation's sentence."""
        label = str(self.label)
        return label[:1].lower() + label[1:]


class Writing(Action):
    """Actions that are one or more changes of records: the same for the plan and for the deed."""

    def changes(self, work: Work) -> Sequence[Change]:
        raise NotImplementedError

    def words(self, work: Work, changes: Sequence[Change]) -> str:
        return str(self.label)

    def plan(self, work: Work) -> str:
        changes = self.changes(work)
        if problems := work.check(changes):
            raise Pause(" ".join(problems))
        return self.words(work, changes)

    def run(self, work: Work) -> Result:
        changes = self.changes(work)
        receipt = work.execute(changes)
        return Result(self.words(work, changes), receipt.batch, context=self.keeps(work, receipt))

    def keeps(self, work: Work, receipt: Receipt) -> Mapping[str, Any]:
        return {}
