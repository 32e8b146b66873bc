"""What somebody answered, as people read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crm_config import labels
from crm_config.definitions import Snapshot
from surveys.definitions import SurveyDef
from surveys.following.judging import Judged
from surveys.models import Response
from surveys.questions import measure_of

#: Which question leads: the first of these kinds that a survey has.
LEADING = ("nps", "csat", "ces", "rating")


@dataclass(frozen=True)
class Said:
    question: str
    answer: str


def said(row: Response, survey: SurveyDef, snapshot: Snapshot) -> Sequence[Said]:
    """In the order of the questions. Files are told by their records alone."""
    judged = Judged(row, survey, snapshot)
    found = []
    for item in survey.questions.values():
        f = judged.filling.logic.fields.get(item.key)
        text = judged.told(item.key) if f is not None and f.type.group != "file" else ""
        if f is not None and text:
            found.append(Said(judged.said(f.label), text))
    return found


def leading(survey: SurveyDef) -> str:
    """The key of the question that says how content somebody is; empty where none does."""
    for measure in LEADING:
        for item in survey.questions.values():
            if measure_of(item) == measure:
                return item.key
    return ""


def leading_label(survey: SurveyDef) -> str:
    """How its figure is called in short: NPS, CSAT, CES; other questions by their name."""
    key = leading(survey)
    if not key:
        return ""
    item = survey.questions[key]
    measure = measure_of(item)
    return measure.upper() if measure != "rating" else labels.text(item.labels)
