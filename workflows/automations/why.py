"""Why did it run, why not: an automation looked at again, for what happened to a record, as one reader may see it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from crm_config.conditions.api import ConditionInvalid
from crm_config.definitions import Snapshot, TypeDef
from records.access import Access
from records.access.subjects import RecordSubject
from records.explain.conditions import parted
from records.explain.reader import Reader
from records.explain.tree import Part
from records.models import Event, Record
from records.selectors.reading import RecordView
from workflows.automations.definitions import AutomationDef, automations_of
from workflows.automations.engine import states
from workflows.automations.engine.matching import loaded, standpoint
from workflows.models import AutomationRun
from workflows.triggers.registry import TRIGGERS

MOST_EVENTS = 20


@dataclass(frozen=True)
class ReaderThen(Reader):
    """Reads values as they were after an event."""

    row: Record | None = None

    def value(self, key: str) -> str:
        if self.view is None or self.row is None or not self.sees(key):
            return ""
        return RecordView(
            self.row, self.type, self.access, self.view.links, self.view.names
        ).display(key)


@dataclass(frozen=True)
class Evaluation:
    """`run` is what began, if it did. Of what did not run, `reason` says the first thing that kept it."""

    automation: AutomationDef
    at: datetime
    what: str
    matched: bool
    reason: str
    part: Part | None = None
    run: AutomationRun | None = None

    @property
    def ran(self) -> bool:
        return self.run is not None


def evaluations(automation: AutomationDef, view: RecordView) -> list[Evaluation]:
    """Of the record's last events, the newest first. Only what set it off is stored; the rest is asked anew."""
    events = list(Event.objects.filter(record_id=view.id)[:MOST_EVENTS])
    runs = {
        run.event_id: run
        for run in AutomationRun.objects.filter(automation=automation.key, record_id=view.id)
        if run.event_id and not run.occasion.startswith("replay:")
    }
    return list(_each(automation, view, events, runs))


def _each(
    automation: AutomationDef,
    view: RecordView,
    events: list[Event],
    runs: dict[int, AutomationRun],
) -> Iterator[Evaluation]:
    snapshot = view.access.snapshot
    kind = TRIGGERS.get(automation.kind)
    _records, links, pool = loaded([view.id], snapshot)
    for event in events:
        run = runs.get(event.pk)
        found = Evaluation(
            automation, event.at, event.get_action_display(),
            matched=bool(kind and kind.follows and kind.matches(automation.trigger, event)),
            reason="", run=run,
        )  # fmt: skip
        if not found.matched:
            yield replace(found, reason=_("This is not what it waits for."))
            continue
        about = view.record, view.type, pool, links.get(view.id, {})
        after, before = states.after(event, *about), states.before(event, *about)
        reader = ReaderThen(view.access, view.type, view.record, getattr(after, "record", None))
        part, broken = _condition(automation, snapshot, event, after, before, reader)
        yield replace(found, part=part, reason=_reason(automation, part, run, broken))


def _condition(
    automation: AutomationDef,
    snapshot: Snapshot,
    event: Event,
    after: object,
    before: object,
    reader: ReaderThen,
) -> tuple[Part | None, bool]:
    try:
        condition = automation.read_condition(snapshot)
    except (ConditionInvalid, KeyError):
        return None, True
    if condition is None or not isinstance(after, RecordSubject):
        return None, False
    was = before if isinstance(before, RecordSubject) else None
    return parted(condition.trace(after, standpoint(event, snapshot), before=was), reader), False


def _reason(
    automation: AutomationDef, part: Part | None, run: AutomationRun | None, broken: bool
) -> str:
    if run is not None:
        return str(run.get_state_display())
    if broken:
        return _("Its condition cannot be read.")
    if part is not None and not part.verdict:
        return _("Its condition did not hold.")
    if not automation.enabled:
        return _("It is switched off.")
    return _("It would run now; then it was not published so.")


def of_type(record_type: TypeDef, access: Access) -> list[AutomationDef]:
    found = automations_of(access.snapshot).values()
    return [a for a in found if a.type == record_type.key and not a.retired]
