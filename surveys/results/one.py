"""One response as it was given; of surveys that are not anonymous."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.formats import number_format

from crm_config.field_types.base import LinkLabel
from records.access import Access
from records.errors import NotVisible
from records.selectors.names import link_labels
from surveys.definitions import SurveyDef
from surveys.models import Answer, Response
from surveys.results import reach
from surveys.results.chosen import Chosen
from surveys.results.questions import Question


@dataclass(frozen=True, eq=False)
class Said:
    question: str
    values: Sequence[str]


@dataclass(frozen=True, eq=False)
class One:
    response: Response
    answers: Sequence[Said]
    #: What it is about, and who answered; those that the reader sees.
    record: LinkLabel | None
    person: LinkLabel | None


def one(survey: SurveyDef, pk: int, access: Access) -> One:
    """Raises `NotVisible`, for every response of an anonymous survey too."""
    if survey.is_anonymous:
        raise NotVisible(pk)
    row = reach.responses(survey, access).filter(pk=pk).first()
    if row is None:
        raise NotVisible(pk)
    ids = [found for found in (row.record_id, row.person_id) if found]
    names = link_labels(ids, access=access)
    record, person = (
        _seen(names, row.record_id),
        _seen(names, row.person_id if row.person_id != row.record_id else None),
    )
    return One(row, _answers(row, survey, access), record, person)


def _seen(names: Mapping[int, LinkLabel], pk: int | None) -> LinkLabel | None:
    found = names.get(pk) if pk else None
    return found if found is not None and found.visible else None


def _answers(row: Response, survey: SurveyDef, access: Access) -> list[Said]:
    questions = Chosen(survey, access).questions
    found: dict[str, list[Answer]] = {}
    for answer in row.answers.order_by("pk"):
        found.setdefault(answer.question, []).append(answer)
    order = {key: place for place, key in enumerate(questions)}
    return [
        Said(
            questions[key].label if key in questions else key,
            [shown(answer, questions.get(key)) for answer in answers],
        )
        for key, answers in sorted(found.items(), key=lambda pair: order.get(pair[0], len(order)))
    ]


def shown(answer: Answer, question: Question | None) -> str:
    """One row of an answer, as people read it."""
    options = question.options if question else {}
    parts = question.parts if question else {}
    said = answer.text or options.get(answer.option, answer.option)
    number = "" if answer.number is None else plain(answer.number)
    if answer.part:
        return f"{parts.get(answer.part, answer.part)}: {said or number}"
    return f"{number}. {said}" if said and number else said or number


def plain(number: float) -> str:
    """Without decimals where it has none."""
    return number_format(int(number) if number.is_integer() else number, use_l10n=True)
