"""What scales of whole steps share: a bar for each step."""

from __future__ import annotations

from collections.abc import Sequence

from surveys.results.measures.base import Bar, Measure, Tally, numbers, shown_number
from surveys.results.questions import Question
from surveys.scores.wilson import Share


class Scale(Measure):
    first = 1
    last = 5

    def tone(self, step: int) -> str:
        return ""

    def highest(self, question: Question, found: Sequence[float]) -> int:
        return self.last

    def bars(self, question: Question, tallies: Sequence[Tally], n: int) -> list[Bar]:
        counts = numbers(tallies)
        whole = sum(counts.values())
        last = self.highest(question, list(counts))
        return [
            Bar(
                str(step),
                question.options.get(str(step)) or shown_number(step),
                Share(counts.get(step, 0), whole),
                self.tone(step),
            )
            for step in range(self.first, last + 1)
        ]
