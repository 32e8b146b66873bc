"""Automations that cannot work: noted once for a version, and told to whoever owns them."""

from crm_config.definitions import Snapshot
from workflows.automations.definitions import AutomationDef
from workflows.automations.engine.telling import tell_owner
from workflows.models import BrokenAutomation


def broke(automation: AutomationDef, snapshot: Snapshot, reason: str) -> None:
    _row, fresh = BrokenAutomation.objects.update_or_create(
        automation=automation.key,
        version=snapshot.version,
        defaults={"reason": reason[:1000]},
    )
    if fresh:
        tell_owner(automation, reason)
