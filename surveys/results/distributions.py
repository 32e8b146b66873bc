"""How the questions of a survey were answered: one query for all of them, another for the points."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count

from surveys.results.chosen import Chosen
from surveys.results.measures.base import Measure, Part, Tally
from surveys.results.measures.registry import measure_of
from surveys.results.questions import POINTS, Question
from surveys.results.scored import scored


@dataclass(frozen=True, eq=False)
class Distribution:
    """`parts` are empty where there are too few answers to show them."""

    question: Question
    measure: Measure
    parts: Sequence[Part]
    hidden: bool


def tallies(chosen: Chosen) -> Mapping[str, Sequence[Tally]]:
    """By question. One query, and one more where there are points."""
    rows = chosen.answers.values_list("question", "part", "option", "number").annotate(
        n=Count("pk")
    )
    found: dict[str, list[Tally]] = defaultdict(list)
    for question, part, option, number, n in rows:
        found[question].append(Tally(part, option, number, n))
    if POINTS in chosen.questions:
        counts = scored(chosen, chosen.questions[POINTS]).rows.values_list("number")
        found[POINTS] = [Tally("", "", number, n) for number, n in counts.annotate(n=Count("pk"))]
    return found


def distributions(chosen: Chosen) -> list[Distribution]:
    """In the survey's order; of former questions those that were answered."""
    counted = tallies(chosen)
    return [
        _of(question, counted.get(question.key, ()), chosen.floor)
        for question in chosen.questions.values()
        if question.measure or question.n
    ]


def _of(question: Question, counted: Sequence[Tally], floor: int) -> Distribution:
    measure = measure_of(question.measure)
    if question.n < floor:
        return Distribution(question, measure, (), hidden=question.n > 0)
    parts = measure.parts(question, counted)
    shown = [part if part.n >= floor or not question.parts else _bare(part) for part in parts]
    return Distribution(question, measure, shown, hidden=False)


def _bare(part: Part) -> Part:
    return Part((), part.label, part.n)
