"""Lines of the ledger that are older than anything that could ask for them go."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings

from crm_config.definitions import Snapshot
from records.contact.definitions import BUDGET, RuleDef
from records.models import BudgetRule, ContactEntry

#: A transaction each, so that nobody who sends waits for long.
CHUNK = 1_000
#: Whoever asks at the moment when a line goes has begun a little earlier.
SPARE = timedelta(days=1)


def oldest_kept(snapshot: Snapshot, now: datetime) -> datetime:
    """Never within the longest window of a rule, be it published, archived or still being written: a rule that is put
    in use finds what it counts."""
    published: dict[str, RuleDef] = snapshot.sections.get(BUDGET) or {}
    windows = [rule.days for rule in published.values()]
    windows += BudgetRule.objects.values_list("days", flat=True)
    return now - timedelta(days=max([settings.CONTACT_KEEP_DAYS, *windows])) - SPARE


def prune(before: datetime) -> Iterator[int]:
    """How many have gone so far, after each chunk."""
    gone = 0
    for status in ContactEntry.Status.values:
        # By status and time there is an index.
        old = ContactEntry.objects.filter(status=status, at__lt=before).order_by("-at")
        while ids := list(old.values_list("pk", flat=True)[:CHUNK]):
            gone += ContactEntry.objects.filter(pk__in=ids).delete()[0]
            yield gone
