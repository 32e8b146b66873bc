"""What people said in their own words, with the record behind it where the reader may see that."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from crm_config.field_types.base import LinkLabel
from records.selectors.names import link_labels, record_url
from surveys.models import Answer, Response
from surveys.results.chosen import Chosen
from surveys.results.questions import Question
from surveys.results.words import Word, word_list

#: On the page of results, of each question.
FEW = 5
PAGE = 50
#: Words are counted in so many of the newest answers of each question.
READ = 2_000
#: By what was answered to the question that leads.
TONES: Mapping[str, tuple[float, float]] = {"poor": (0, 6), "fair": (7, 8), "good": (9, 10)}


@dataclass(frozen=True, eq=False)
class Verbatim:
    """Of an anonymous survey it is the text alone."""

    question: str
    text: str
    at: datetime | None = None
    response: int | None = None
    number: float | None = None
    record: LinkLabel | None = None

    @property
    def url(self) -> str:
        return record_url(self.record.id) if self.record and self.record.visible else ""


@dataclass(frozen=True)
class Sayings:
    """Of one question: its words, and the newest answers."""

    words: Sequence[Word]
    newest: Sequence[Verbatim]


def text_answers(chosen: Chosen) -> QuerySet[Answer]:
    """Of questions that enough have answered."""
    questions = chosen.questions.values()
    asked = [q.key for q in questions if q.measure == "text" and q.n >= chosen.floor]
    return chosen.answers.filter(question__in=asked).exclude(text="")


def sayings(chosen: Chosen) -> Mapping[str, Sayings]:
    """By question. Two queries, with that for the names of records three."""
    place = Window(RowNumber(), partition_by=[F("question")], order_by=[F("pk").desc()])
    rows = list(_told(text_answers(chosen).annotate(place=place).filter(place__lte=READ)))
    by_question: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_question[row.question].append(row)
    few = {key: _in_order(found, chosen)[:FEW] for key, found in by_question.items()}
    shown = iter(_shown([row for found in few.values() for row in found], chosen))
    return {
        key: Sayings(word_list(row.text for row in found), [next(shown) for _row in few[key]])
        for key, found in by_question.items()
    }


@dataclass(frozen=True)
class Sought:
    """`tone`: of those who answered the leading question so; `text`: that has this in it."""

    question: str = ""
    tone: str = ""
    text: str = ""


def verbatims(chosen: Chosen, sought: Sought, *, page: int = 1) -> tuple[Sequence[Verbatim], bool]:
    """A page of them, and whether there are more. In anonymous surveys nobody's words are told by how they scored."""
    rows = text_answers(chosen)
    if sought.question:
        rows = rows.filter(question=sought.question)
    anonymous = chosen.survey.is_anonymous
    if sought.tone in TONES and chosen.leading and has_tones(chosen):
        rows = rows.filter(_scored(chosen.leading, sought.tone))
    if sought.text.strip():
        rows = rows.filter(text__icontains=sought.text.strip())
    ordered = rows.order_by("text", "pk") if anonymous else rows.order_by("-response", "pk")
    start = (max(page, 1) - 1) * PAGE
    found = list(_told(ordered[start : start + PAGE + 1]))
    return _shown(found[:PAGE], chosen), len(found) > PAGE


def has_tones(chosen: Chosen) -> bool:
    """Whether words can be told apart by the score: sums of points are neither high nor low by themselves."""
    leading = chosen.leading
    return leading is not None and not leading.is_points and not chosen.survey.is_anonymous


def _scored(question: Question, tone: str) -> Q:
    """Scores that have other steps are taken to those of NPS."""
    top = {"nps": 10.0, "csat": 5.0, "ces": 7.0}.get(question.measure, float(question.steps or 5))
    low, high = (bound * top / 10 for bound in TONES[tone])
    given = Answer.objects.filter(
        response=OuterRef("response"), question=question.key, number__gte=low, number__lte=high
    )
    return Q(Exists(given))


@dataclass(frozen=True)
class Row:
    question: str
    text: str
    response: int
    at: datetime | None
    record: int | None


def _told(rows: QuerySet[Answer]) -> Iterable[Row]:
    found = rows.values_list(
        "question",
        "text",
        "response",
        "response__completed_at",
        "response__record",
        "response__person",
    )
    for question, text, response, at, record, person in found:
        yield Row(question, text, response, at, record or person)


def _in_order(rows: Sequence[Row], chosen: Chosen) -> Sequence[Row]:
    """The newest first; of anonymous surveys in an order that says nothing."""
    if chosen.survey.is_anonymous:
        return sorted(rows, key=lambda row: row.text.casefold())
    return sorted(rows, key=lambda row: -row.response)


def _shown(rows: Sequence[Row], chosen: Chosen) -> list[Verbatim]:
    if chosen.survey.is_anonymous:
        return [Verbatim(row.question, row.text) for row in rows]
    names = link_labels([row.record for row in rows if row.record], access=chosen.access)
    numbers = _numbers([row.response for row in rows], chosen.leading)
    return [
        Verbatim(
            row.question,
            row.text,
            row.at,
            row.response,
            numbers.get(row.response),
            names.get(row.record) if row.record else None,
        )
        for row in rows
    ]


def _numbers(ids: Sequence[int], question: Question | None) -> Mapping[int, float]:
    """What they answered to the leading question, or the points that they have."""
    if question is None or not ids:
        return {}
    pairs: QuerySet[Any, tuple[int, float | None]]
    if question.is_points:
        pairs = Response.objects.filter(pk__in=ids).values_list("pk", "score")
    else:
        rows = Answer.objects.filter(response__in=ids, question=question.key)
        pairs = rows.values_list("response", "number")
    return {pk: number for pk, number in pairs if number is not None}
