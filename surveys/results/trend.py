"""The score over time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, DateField
from django.db.models.functions import TruncMonth, TruncQuarter, TruncWeek

from surveys.results.chosen import Chosen
from surveys.results.floor import hidden
from surveys.results.measures.base import Score
from surveys.results.measures.registry import measure_of
from surveys.results.scored import scored

TRUNCS = {"week": TruncWeek, "month": TruncMonth, "quarter": TruncQuarter}
#: So many points at most, the newest.
MOST = 60


@dataclass(frozen=True)
class Point:
    """A week, month or quarter, from its first day; `score` is None where too few answered in it."""

    first: date
    n: int
    score: Score | None


def trend(chosen: Chosen) -> Sequence[Point]:
    """The oldest first, without gaps, so that a time with no answers is seen. One query."""
    question = chosen.leading
    if question is None:
        return []
    step = step_of(chosen)
    found = scored(chosen, question)
    period = TRUNCS[step](found.to("completed_at"), DateField(), tzinfo=chosen.access.tz)
    rows = (
        found.rows.annotate(period=period).values_list("period", "number").annotate(n=Count("pk"))
    )
    counts: dict[date, dict[float, int]] = defaultdict(dict)
    for first, number, n in rows:
        counts[first][number] = n
    totals = {first: sum(of.values()) for first, of in counts.items()}
    kept = hidden(totals, chosen.floor)
    measure = measure_of(question.measure)
    return [
        Point(
            first,
            totals.get(first, 0),
            None if first in kept or first not in counts else measure.score(counts[first]),
        )
        for first in _without_gaps(sorted(counts), step)[-MOST:]
    ]


def step_of(chosen: Chosen) -> str:
    """Weeks of an anonymous survey would say too much about when somebody answered."""
    by = chosen.asked.by
    return "month" if chosen.survey.is_anonymous and by == "week" else by


def _without_gaps(known: Sequence[date], step: str) -> list[date]:
    if not known:
        return []
    found = [known[0]]
    while found[-1] < known[-1]:
        found.append(_following(found[-1], step))
    return found


def _following(first: date, step: str) -> date:
    if step == "week":
        return first + timedelta(days=7)
    months = first.year * 12 + first.month - 1 + (3 if step == "quarter" else 1)
    return date(months // 12, months % 12 + 1, 1)
