"""A number: its mean and median, and how it is spread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import floor, log10

from django.utils.translation import gettext_lazy as _

from surveys.results.measures.base import Bar, Measure, Tally, numbers, shown_number
from surveys.results.questions import Question
from surveys.scores import median
from surveys.scores.mean import Mean
from surveys.scores.wilson import Share

#: So many bars at most; fewer values than that have one each.
BARS = 10


class NumberMeasure(Measure):
    key = "number"
    name = _("Mean")
    decimals = 1

    def score(self, counts: Mapping[float, int]) -> Mean:
        return Mean.of(counts)

    def median(self, counts: Mapping[float, int]) -> float | None:
        return median.median(counts)

    def bars(self, question: Question, tallies: Sequence[Tally], n: int) -> list[Bar]:
        counts = numbers(tallies)
        whole = sum(counts.values())
        if len(counts) <= BARS:
            return [
                Bar(shown_number(v), shown_number(v), Share(counts[v], whole))
                for v in sorted(counts)
            ]
        low, width = min(counts), _width(min(counts), max(counts))
        start = floor(low / width) * width
        # Of whole numbers each stands in one range alone, also for the eye.
        whole_numbers = all(float(value).is_integer() for value in counts)
        end = width - 1 if whole_numbers else width
        found: dict[int, int] = {}
        for value, count in counts.items():
            place = floor((value - start) / width)
            found[place] = found.get(place, 0) + count
        return [
            Bar(str(place), _range(start + place * width, end), Share(found.get(place, 0), whole))
            for place in range(max(found) + 1)
        ]


def _width(low: float, high: float) -> float:
    """A round one, by which the values fill as many bars at most, and one more at the end."""
    least = (high - low) / BARS
    power: float = 10 ** floor(log10(least))
    return next(power * step for step in (1, 2, 5, 10) if power * step >= least)


def _range(begin: float, end: float) -> str:
    first, last = shown_number(round(begin, 9)), shown_number(round(begin + end, 9))
    return f"{first} – {last}" if end else first
