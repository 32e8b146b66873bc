"""What stands in the way of a record's moves: the gate is asked, once for all of them, and nothing is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from records import services
from records.gate import Change, Outcome
from records.gate.draft import STAGE
from records.selectors import RecordView
from workflows.pipelines.possible import Possible

MISSING = "missing_for_stage"


@dataclass(frozen=True)
class Obstacles:
    """`needs` are the fields to fill in first; `why` tells everything else, as far as the person may hear of it."""

    needs: tuple[str, ...] = ()
    why: tuple[str, ...] = ()


def obstacles(
    record: RecordView, moves: Sequence[Possible], *, channel: str
) -> Mapping[str, Obstacles]:
    """By stage."""
    changes = [Change("change", id=record.id, values={STAGE: m.stage.key}) for m in moves]
    outcomes = services.check(changes, access=record.access, channel=channel) if changes else []
    return {m.stage.key: _told(record, o) for m, o in zip(moves, outcomes, strict=True)}


def _told(record: RecordView, outcome: Outcome) -> Obstacles:
    needs, why = [], []
    for refusal in outcome.refusals:
        if refusal.field is not None and refusal.field not in record.readable:
            why.append(_("Something that you may not see stands against it."))
        elif refusal.code == MISSING and refusal.field is not None:
            needs.append(refusal.field)
        else:
            why.append(str(refusal.message))
    return Obstacles(tuple(needs), tuple(dict.fromkeys(why)))
