"""The door to automations: fired, woken, retried, replayed, cancelled, tried."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from crm_config.conditions.api import Condition
from crm_config.definitions import Snapshot
from crm_config.live import live, pinned
from crm_config.models import User
from jobs.errors import NotAllowed
from records.access import Access
from records.access.subjects import subject_of
from records.occasions import Occasion
from workflows.actions.base import Pause, Work
from workflows.actions.registry import ACTIONS
from workflows.automations.definitions import AutomationDef, at_work, each
from workflows.automations.engine import breaking
from workflows.automations.engine.beginning import Candidate, begin, hand_over
from workflows.automations.engine.matching import loaded, standpoint
from workflows.automations.engine.stepping import work_through
from workflows.models import AutomationRun
from workflows.triggers.registry import TRIGGERS

State = AutomationRun.State
LOST_AFTER = timedelta(minutes=5)


def fire(
    kind: str,
    record_ids: Sequence[int],
    *,
    key: str,
    detail: Mapping[str, Any] | None = None,
    actor: User | None = None,
    only: str = "",
) -> list[int]:
    """Sets off the automations of a kind of trigger on these records. `key` names the occasion: fired again under
    the same key, nothing happens twice. `only` names one automation. The runs that began."""
    with pinned(live()) as snapshot:
        kind_of = TRIGGERS[kind]
        wanted = [
            a
            for a in at_work(snapshot)
            if a.kind == kind
            and (not only or a.key == only)
            and kind_of.fits(a.trigger, detail or {})
        ]
        if not wanted or not record_ids:
            return []
        records, _links, _pool = loaded(record_ids, snapshot)
        return begin(
            [
                Candidate(a, record.pk, key[:100], actor_id=actor.pk if actor else None)
                for a in wanted
                for record in records.values()
                if record.type == a.type
                and record.archived_at is None
                and fits(a, record, snapshot)
            ],
            snapshot,
        )


def hear(occasion: Occasion) -> None:
    """What other apps tell of sets off the automations with a trigger of that name."""
    if occasion.kind in TRIGGERS:
        fire(occasion.kind, occasion.record_ids, key=occasion.key, detail=occasion.detail)


def press(
    automation: AutomationDef, record_id: int, *, mark: str, actor: User | None
) -> AutomationRun | None:
    """Set off by a button, once for each `mark`, and gone through at once where nothing of it reaches out of the
    house: whoever pressed waits for it. None where it has nothing to do."""
    key = f"button:{actor.pk if actor else 0}:{mark}"
    began = fire("button", [record_id], key=key, only=automation.key, actor=actor)
    kinds = [ACTIONS.get(action.kind) for action in each(automation.actions)]
    if began and not any(kind is not None and kind.external for kind in kinds):
        work_through(began[0])
    pressed = AutomationRun.objects.filter(automation=automation.key, record_id=record_id)
    return pressed.filter(occasion=key).first()


def fits(
    automation: AutomationDef, record: Any, snapshot: Snapshot, *, noting: bool = True
) -> bool:
    """Whether the condition holds of a record as it stands."""
    subject = subject_of(record, snapshot.types[record.type], snapshot)

    def holds(condition: Condition) -> bool:
        return subject is not None and condition.test(
            subject, standpoint(None, snapshot), before=subject
        )

    return breaking.fits(automation, snapshot, holds, noting=noting)


def wake() -> int:
    """Those whose time has come, and those whose job was lost."""
    now = timezone.now()
    due = Q(state=State.WAITING, wake_at__lte=now)
    AutomationRun.objects.filter(due).update(state=State.QUEUED, wake_at=now, touched_at=now)
    lost = Q(state=State.QUEUED) & (Q(wake_at=now) | Q(touched_at__lt=now - LOST_AFTER))
    ids = list(
        AutomationRun.objects.filter(lost).order_by("pk").values_list("pk", flat=True)[:5000]
    )
    return len(hand_over(ids))


def retry(run: AutomationRun) -> None:
    """It goes on with the action that it stopped at. Raises `NotAllowed`."""
    ended = AutomationRun.objects.filter(
        pk=run.pk, state__in=(State.PAUSED, State.STOPPED, State.CANCELLED)
    )
    now = timezone.now()
    if not ended.update(
        state=State.QUEUED, reason="", attempts=0, finished_at=None, touched_at=now
    ):
        raise NotAllowed(_("Only what is paused or was stopped can go on."))
    hand_over([run.pk])


def cancel(run: AutomationRun) -> None:
    """Raises `NotAllowed`."""
    standing = AutomationRun.objects.filter(
        pk=run.pk, state__in=(State.QUEUED, State.WAITING, State.PAUSED)
    )
    if not standing.update(state=State.CANCELLED, finished_at=timezone.now(), wake_at=None):
        raise NotAllowed(_("It has already ended."))


def replay(run: AutomationRun, *, by: User) -> list[int]:
    """The same on the same record once more, from the beginning, as the automation is published now."""
    automation = next((a for a in at_work(live()) if a.key == run.automation), None)
    if automation is None:
        raise NotAllowed(_("The automation is not at work."))
    occasion = f"replay:{run.pk}:{uuid.uuid4().hex[:12]}"
    candidate = Candidate(automation, run.record_id, occasion, run.event_id, actor_id=by.pk)
    return begin([candidate], live())


@dataclass(frozen=True)
class Planned:
    """What an action would do, or what would stand in its way."""

    key: str
    kind: str
    label: str
    words: str
    hindered: bool = False


def try_out(automation: AutomationDef, record_id: int, *, access: Access) -> list[Planned]:
    """What each action would do with the record as it is now; nothing is done. What an action would change is
    not seen by those after it."""
    found = []
    for action in automation.actions:
        kind = ACTIONS[action.kind]
        work = Work(automation, action, record_id, access, uuid.uuid4(), timezone.now())
        try:
            found.append(Planned(action.key, action.kind, str(kind.label), kind.plan(work)))
        except Pause as pause:
            found.append(
                Planned(action.key, action.kind, str(kind.label), str(pause), hindered=True)
            )
    return found
