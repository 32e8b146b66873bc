"""What a person, or those of a record, have answered: for the record's page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from records.selectors import RecordView
from surveys.definitions import SurveyDef, surveys_of
from surveys.models import Answer, Response
from surveys.results import reach
from surveys.results.chosen import COMPLETED
from surveys.results.measures.base import Measure
from surveys.results.measures.registry import measure_of
from surveys.results.questions import LEADING, Question, asked_questions

#: The newest.
MOST = 20
SHOWN = 5


@dataclass(frozen=True, eq=False)
class Answered:
    """`number` is what was answered to the question that leads."""

    survey: SurveyDef
    at: datetime | None
    response: int
    measure: Measure
    number: float | None


@dataclass(frozen=True, eq=False)
class History:
    """`nps` are the scores from the oldest to the newest."""

    answered: Sequence[Answered]
    more: int
    nps: Sequence[float]

    @property
    def last_nps(self) -> float | None:
        return self.nps[-1] if self.nps else None

    @property
    def change(self) -> float | None:
        """Of the last score against the one before."""
        return self.nps[-1] - self.nps[-2] if len(self.nps) > 1 else None


def history(record: RecordView) -> History:
    """As far as the reader may see what each answer is about. No query where no survey asks about such records."""
    leading = _leading(record)
    if not leading:
        return History((), 0, ())
    rows = list(_rows(record, leading))
    numbers = _numbers(rows, leading)
    found = [
        Answered(
            leading[row.survey][0],
            row.completed_at,
            row.pk,
            measure_of(question.measure if (question := leading[row.survey][1]) else ""),
            numbers.get(row.pk),
        )
        for row in rows
    ]
    scores = [each.number for each in reversed(found) if each.measure.key == "nps"]
    nps = [score for score in scores if score is not None]
    return History(found[:SHOWN], max(len(found) - SHOWN, 0), nps)


def _leading(record: RecordView) -> Mapping[str, tuple[SurveyDef, Question | None]]:
    """The surveys that ask about records of its type or are answered by them, with the question that leads."""
    snapshot = record.access.snapshot
    found: dict[str, tuple[SurveyDef, Question | None]] = {}
    for survey in surveys_of(snapshot).values():
        types = (reach.about(survey, snapshot), *reach.asked_types(survey, snapshot))
        if not survey.is_anonymous and record.type in types:
            found[survey.key] = (survey, leading_of(survey, record))
    return found


def leading_of(survey: SurveyDef, record: RecordView) -> Question | None:
    asked = list(asked_questions(survey, record.access.snapshot))
    for measure in LEADING:
        for question in asked:
            if question.measure == measure and not question.parts:
                return question
    return None


def _rows(
    record: RecordView, leading: Mapping[str, tuple[SurveyDef, Question | None]]
) -> Sequence[Response]:
    """One query over the surveys."""
    reached = Q(pk__in=[])
    for key, (survey, _question) in leading.items():
        reached |= Q(survey=key) & reach.reached(survey, record.access)
    its = Q(record=record.id) | Q(person=record.id)
    rows = Response.objects.filter(its, reached, status=COMPLETED, is_test=False)
    return list(rows.order_by("-completed_at", "-pk")[:MOST])


def _numbers(
    rows: Sequence[Response], leading: Mapping[str, tuple[SurveyDef, Question | None]]
) -> Mapping[int, float]:
    wanted = {row.pk: question.key for row in rows if (question := leading[row.survey][1])}
    if not wanted:
        return {}
    found = Answer.objects.filter(response__in=wanted, question__in=set(wanted.values()))
    numbers = found.values_list("response", "question", "number")
    return {pk: number for pk, key, number in numbers if wanted[pk] == key and number is not None}
