"""Segments whose number of records changes. Nothing is told where no app evaluates segments."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm_config.conditions.api import EVERYWHERE
from crm_config.definitions import Snapshot
from records.access import Access
from records.evaluated_segments import finder
from records.selectors.conditions import standpoint
from records.simulation.figures.counting import Counter
from records.simulation.registry import Figure
from records.simulation.sets import exact
from records.simulation.shown.segments import shown
from records.simulation.trial import Trial


def measure(trial: Trial) -> list[dict[str, Any]]:
    trial.step(str(_("Segments")))
    keys = sorted({*keys_of(trial.before), *keys_of(trial.after)})
    before, after = (numbers(s, keys) for s in (trial.before, trial.after))
    return [
        {"key": key, "before": before.get(key), "after": after.get(key)}
        for key in keys
        if before.get(key) != after.get(key)
    ]


def keys_of(snapshot: Snapshot) -> Iterable[str]:
    return snapshot.sections.get("segments") or ()


def numbers(snapshot: Snapshot, keys: Iterable[str]) -> dict[str, int]:
    """By key, of the segments that the snapshot holds and that can be counted."""
    find, access, found = finder(snapshot), Access(snapshot=snapshot), {}
    for key in set(keys) & set(keys_of(snapshot)) if find else ():
        use = find(key) if find else None
        if use is not None:
            q = use.q(standpoint(access), EVERYWHERE)
            found[key] = Counter(use.record_type).of(exact(q)).count
    return found


SEGMENTS = Figure(
    "segments",
    label=_("Segments that change"),
    measure=measure,
    template="records/simulation/segments.html",
    shown=shown,
    order=40,
)
