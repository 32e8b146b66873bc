"""A rating: the mean of as many steps as the question has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from surveys.results.measures.scale import Scale
from surveys.results.questions import Question
from surveys.scores.mean import Mean

#: A scale that has more is not drawn step by step.
MOST = 20


class RatingMeasure(Scale):
    key = "rating"
    name = _("Mean")
    decimals = 1

    def highest(self, question: Question, found: Sequence[float]) -> int:
        return min(max(question.steps or self.last, *map(int, found), 1), MOST)

    def score(self, counts: Mapping[float, int]) -> Mean:
        return Mean.of(counts)
