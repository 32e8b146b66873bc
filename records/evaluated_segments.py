"""How a snapshot's segments are evaluated, where something evaluates them: the one place that looks for it."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec

from crm_config.conditions.api import SegmentUse
from crm_config.conditions.contexts import no_segment
from crm_config.definitions import Snapshot

Find = Callable[[str], SegmentUse | None]
EVALUATOR = "records.segments"


def finder(snapshot: Snapshot) -> Find | None:
    """None where nothing evaluates segments."""
    if find_spec(EVALUATOR) is None:
        return None
    found: Find = import_module(f"{EVALUATOR}.use").find_segment(snapshot)
    return found


def find_segments(snapshot: Snapshot) -> Find:
    """For conditions: without an evaluator there are no segments."""
    return finder(snapshot) or no_segment
