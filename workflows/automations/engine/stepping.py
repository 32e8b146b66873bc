"""A run goes on, one action at a time. What an action writes, its being done and where the run stands commit
together: a worker that is killed leaves either all of it or nothing."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm_config import live
from crm_config.models import ConfigSnapshot, User
from records.access import Access
from workflows.actions.base import Action, Pause, Result, TryLater, Wait, Work
from workflows.actions.registry import ACTIONS
from workflows.automations import people
from workflows.automations.definitions import ActionDef, AutomationDef, automations_of
from workflows.automations.engine.telling import tell_owner
from workflows.models import AutomationRun, StepRun

logger = logging.getLogger(__name__)
State = AutomationRun.State
MOST_ATTEMPTS = 6
FIRST_PAUSE = timedelta(seconds=30)


class Overtaken(Exception):
    """Another worker did this action, or the run was cancelled."""


def work_through(pk: int) -> None:
    while step(pk):
        pass


def step(pk: int) -> bool:
    """One action; whether there is another to do at once."""
    run = AutomationRun.objects.select_related("actor").filter(pk=pk, state=State.QUEUED).first()
    if run is None:
        return False
    automation = definition(run)
    if automation is None:
        return _end(run, State.STOPPED, _("The automation that it began with is gone."))
    if not run.todo:
        return _end(run, State.DONE)
    found = automation.by_key.get(run.todo[0])
    kind = ACTIONS.get(found.kind) if found else None
    try:
        if found is None or kind is None:
            raise Pause(_("There is no such action: %(key)s.") % {"key": run.todo[0]})
        return _act(run, automation, found, kind)
    except Overtaken:
        return False
    except Wait as wait:
        return _wait(run, wait)
    except Pause as pause:
        return _pause(run, automation, str(pause))
    except TryLater as late:
        return _again(run, automation, str(late))
    except Exception as error:
        logger.exception("Run %s of the automation %s did not succeed", run.pk, run.automation)
        return _again(run, automation, f"{type(error).__name__}: {error}")


def definition(run: AutomationRun) -> AutomationDef | None:
    """As it was when the run began."""
    try:
        return automations_of(live.at(run.config_version)).get(run.automation)
    except ConfigSnapshot.DoesNotExist:
        return None


def _act(run: AutomationRun, automation: AutomationDef, found: ActionDef, kind: Action) -> bool:
    if kind.external:
        return _act_outside(run, automation, found, kind)
    with transaction.atomic():
        _claim(run)
        work = work_of(run, automation, found)
        result = kind.run(work)
        StepRun.objects.create(
            run=run, action=found.key, kind=kind.key, batch=result.batch,
            result=result.words[:1000], key=work.key,
        )  # fmt: skip
        return _advance(run, result)


def _act_outside(
    run: AutomationRun, automation: AutomationDef, found: ActionDef, kind: Action
) -> bool:
    """Marked as begun, done, marked as done: a worker killed in between does it again under the same key."""
    begun, _new = StepRun.objects.get_or_create(
        run=run,
        action=found.key,
        defaults={"kind": kind.key, "state": StepRun.State.BEGUN, "key": _key(run, found)},
    )
    result = (
        Result() if begun.state == StepRun.State.DONE else kind.run(work_of(run, automation, found))
    )
    with transaction.atomic():
        _claim(run)
        StepRun.objects.filter(pk=begun.pk).update(
            state=StepRun.State.DONE, result=result.words[:1000], at=timezone.now()
        )
        return _advance(run, result)


def _key(run: AutomationRun, found: ActionDef) -> uuid.UUID:
    """The same each time."""
    return uuid.uuid5(uuid.NAMESPACE_OID, f"relata:{run.pk}:{run.occasion}:{found.key}")


def _claim(run: AutomationRun) -> None:
    """Holds the run to the end of the transaction; whoever comes second finds it moved on."""
    mine = AutomationRun.objects.filter(pk=run.pk, position=run.position, state=State.QUEUED)
    if not mine.update(position=run.position + 1, touched_at=timezone.now()):
        raise Overtaken


def _advance(run: AutomationRun, result: Result) -> bool:
    todo = [] if result.stop else [*result.first, *run.todo[1:]]
    AutomationRun.objects.filter(pk=run.pk).update(
        todo=todo, context={**run.context, **result.context}, attempts=0, reason=""
    )
    return True


def work_of(run: AutomationRun, automation: AutomationDef, found: ActionDef) -> Work:
    return Work(
        automation,
        found,
        run.record_id,
        access_of(automation, run.actor),
        _key(run, found),
        timezone.now(),
        run.context,
        run.pk,
    )


def access_of(automation: AutomationDef, actor: User | None) -> Access:
    """Of the system, for its owner; or of whoever set it off, with what they may do. Raises `Pause`."""
    if automation.run_as != "actor":
        owner = people.named([automation.owner]) if automation.owner else []
        return Access.system(on_behalf_of=owner[0] if owner else None)
    if actor is None or not actor.is_active:
        raise Pause(_("It acts as whoever set it off, and nobody did who works here."))
    return Access.of(actor)


def _wait(run: AutomationRun, wait: Wait) -> bool:
    kept: Mapping[str, Any] = {f"{run.todo[0]}:since": timezone.now().isoformat(), **run.context}
    return _save(run, state=State.WAITING, wake_at=wait.until, context=kept, reason="")


def _pause(run: AutomationRun, automation: AutomationDef, reason: str) -> bool:
    _save(run, state=State.PAUSED, reason=reason[:1000])
    tell_owner(automation, reason, run)
    return False


def _again(run: AutomationRun, automation: AutomationDef, reason: str) -> bool:
    """Later, after longer and longer pauses; in the end it waits for somebody to look."""
    if run.attempts + 1 >= MOST_ATTEMPTS:
        return _pause(run, automation, reason)
    later = timezone.now() + FIRST_PAUSE * 4**run.attempts
    return _save(
        run, state=State.WAITING, wake_at=later, reason=reason[:1000], attempts=run.attempts + 1
    )


def _end(run: AutomationRun, state: str, reason: str = "") -> bool:
    return _save(run, state=state, reason=reason, finished_at=timezone.now(), wake_at=None)


def _save(run: AutomationRun, **values: Any) -> bool:
    """Where nobody moved it meanwhile."""
    mine = AutomationRun.objects.filter(pk=run.pk, position=run.position, state=State.QUEUED)
    mine.update(touched_at=timezone.now(), **values)
    return False
