"""The line on top: the score, how many answered, and how it was before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Count

from surveys.results.chosen import Chosen
from surveys.results.measures.base import Measure, Score
from surveys.results.measures.registry import measure_of
from surveys.results.questions import Question
from surveys.results.scored import scored
from surveys.scores.z_test import Difference


@dataclass(frozen=True, eq=False)
class Headline:
    """`n` answered at all, `score.n` the question that leads. `score` is None where it is hidden."""

    question: Question | None
    measure: Measure
    n: int
    score: Score | None
    before: Score | None
    hidden: bool

    @cached_property
    def difference(self) -> Difference | None:
        if self.score is None or self.before is None:
            return None
        return self.score.since(self.before)


def headline(chosen: Chosen) -> Headline:
    """At most three queries."""
    question = chosen.leading
    measure = measure_of(question.measure if question else "")
    n = chosen.rows.count()
    score = shown_score(chosen, measure, question)
    before = shown_score(chosen.before, measure, question) if chosen.before else None
    return Headline(question, measure, n, score, before, hidden=score is None and n > 0)


def shown_score(chosen: Chosen, measure: Measure, question: Question | None) -> Score | None:
    """None where too few answered."""
    if question is None:
        return None
    score = measure.score(numbers_of(chosen, question))
    return score if score is not None and score.n >= chosen.floor else None


def numbers_of(chosen: Chosen, question: Question) -> Mapping[float, int]:
    """How often each number was given."""
    rows = scored(chosen, question).rows
    return dict(rows.values_list("number").annotate(n=Count("pk")))
