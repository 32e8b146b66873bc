"""A choice of one or several options, a matrix of them, or a ranking, where each option has a mean place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from surveys.results.measures.base import Bar, Measure, Tally, numbers
from surveys.results.questions import Question
from surveys.scores.mean import Mean
from surveys.scores.wilson import Share


class ChoiceMeasure(Measure):
    key = "choice"

    def bars(self, question: Question, tallies: Sequence[Tally], n: int) -> list[Bar]:
        """In the order of the question; what it offers no longer comes after it. Of several options each share is
        of those who answered."""
        by_option: dict[str, list[Tally]] = defaultdict(list)
        for tally in tallies:
            by_option[tally.option].append(tally)
        gone = {key: key for key in by_option if key and key not in question.options}
        bars = [
            Bar(key, label, Share(sum(t.n for t in by_option[key]), n), mean=_place(by_option[key]))
            for key, label in {**question.options, **gone}.items()
        ]
        if any(bar.mean is not None for bar in bars):
            bars.sort(key=lambda bar: (bar.mean is None, bar.mean))
        return bars


def _place(tallies: Sequence[Tally]) -> float | None:
    """In a matrix the number is that of the option, and no place."""
    return Mean.of(numbers([tally for tally in tallies if not tally.part])).value
