"""For simulations: how often automations would have been set off in the last days, as published and as drafted."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm_config.conditions.api import ConditionInvalid
from crm_config.definitions import Snapshot
from records.models import Event
from records.simulation.registry import Figure
from records.simulation.trial import Trial
from workflows.automations.definitions import automations_of
from workflows.automations.engine import states
from workflows.automations.engine.matching import loaded, standpoint, watching
from workflows.triggers.registry import TRIGGERS

DAYS = 30
#: The newest events that are looked at.
MOST = 2000


def measure(trial: Trial) -> dict[str, Any]:
    trial.step(str(_("Automations")))
    since = timezone.now() - timedelta(days=DAYS)
    events = list(Event.objects.filter(at__gt=since).order_by("-id")[:MOST])
    before, after = (fired(snapshot, events) for snapshot in (trial.before, trial.after))
    return {
        "sampled": len(events) == MOST,
        "rows": [
            {"key": key, "before": before[key], "after": after[key]}
            for key in sorted({*automations_of(trial.before), *automations_of(trial.after)})
            if before[key] != after[key]
        ],
    }


def fired(snapshot: Snapshot, events: list[Event]) -> Counter[str]:
    """By automation; those that cannot be read are set off by nothing."""
    found: Counter[str] = Counter()
    told = watching(snapshot)
    matched = [
        (a, e)
        for e in events
        for a in told.get(e.type, ())
        if TRIGGERS[a.kind].matches(a.trigger, e)
    ]
    records, links, pool = loaded({e.record_id for _a, e in matched}, snapshot)
    for automation, event in matched:
        record = records.get(event.record_id)
        if record is None:
            continue
        try:
            condition = automation.read_condition(snapshot)
        except (ConditionInvalid, KeyError):
            continue
        about = record, snapshot.types[event.type], pool, links.get(record.pk, {})
        if condition is None or condition.test(
            states.after(event, *about),
            standpoint(event, snapshot),
            before=states.before(event, *about),
        ):
            found[automation.key] += 1
    return found


AUTOMATIONS = Figure(
    "automations",
    label=_("Automations that would have begun"),
    measure=measure,
    template="workflows/automations/figure.html",
    order=70,
)
