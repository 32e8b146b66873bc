"""Automations that cannot work: noted once for a version, and told to whoever owns them."""

from collections.abc import Callable

from crm_config.conditions.api import Condition, ConditionInvalid
from crm_config.definitions import Snapshot
from workflows.automations.definitions import AutomationDef, at_work
from workflows.automations.engine.telling import tell_owner
from workflows.models import BrokenAutomation


def fits(
    automation: AutomationDef,
    snapshot: Snapshot,
    holds: Callable[[Condition], bool],
    *,
    noting: bool = True,
) -> bool:
    """Whether its condition holds, where it has one. One that cannot be read any more holds for nothing, which
    whoever only looks does not note."""
    try:
        condition = automation.read_condition(snapshot)
    except (ConditionInvalid, KeyError) as error:
        if noting:
            broke(automation, snapshot, str(error))
        return False
    return condition is None or holds(condition)


def unreadable(snapshot: Snapshot) -> dict[str, str]:
    """Why, by the key, of those at work whose condition cannot be read."""
    found = {}
    for automation in at_work(snapshot):
        try:
            automation.read_condition(snapshot)
        except (ConditionInvalid, KeyError) as error:
            found[automation.key] = str(error)
    return found


def broke(automation: AutomationDef, snapshot: Snapshot, reason: str) -> None:
    _row, fresh = BrokenAutomation.objects.update_or_create(
        automation=automation.key,
        version=snapshot.version,
        defaults={"reason": reason[:1000]},
    )
    if fresh:
        tell_owner(automation, reason)
