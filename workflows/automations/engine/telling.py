"""A word to those who look after an automation."""

from __future__ import annotations

from django.utils.translation import gettext as _

from workflows.automations import people
from workflows.automations.definitions import AutomationDef
from workflows.models import AutomationRun, Notification


def tell_owner(automation: AutomationDef, reason: str, run: AutomationRun | None = None) -> None:
    """Who may not see the record is told of the automation all the same: the record is named by the page that
    the word leads to, not by the word."""
    text = _("“%(automation)s” does not go on: %(reason)s") % {
        "automation": automation.label,
        "reason": reason,
    }
    Notification.objects.bulk_create(
        Notification(user=user, text=text[:500], run=run, record_id=run.record_id if run else None)
        for user in people.owner_or_administrators(automation.owner)
    )
