"""What somebody answered, as people read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crm_config import labels
from crm_config.definitions import Snapshot
from surveys import piping
from surveys.definitions import SurveyDef
from surveys.following.judging import Judged
from surveys.models import Response
from surveys.questions import brought_along, measure_of

#: Which question leads: the first of these kinds that a survey has.
LEADING = ("nps", "csat", "ces", "rating")


@dataclass(frozen=True)
class Said:
    question: str
    answer: str


def said(row: Response, survey: SurveyDef, snapshot: Snapshot) -> Sequence[Said]:
    """In the order of the questions, for whoever sees the follow-up, and may see neither the record nor all of its
    fields: of those, nothing is told. Files are told by their records alone."""
    judged = Judged(row, survey, snapshot)
    found = []
    for item in survey.questions.values():
        f = judged.filling.logic.fields.get(item.key)
        if f is None or f.type.group == "file" or brought_along(item):
            continue
        if text := judged.told(item.key):
            found.append(Said(_asked(f.label, judged), text))
    return found


def _asked(text: str, judged: Judged) -> str:
    """With what was answered before, and without what is the record's."""
    return piping.fill(text, lambda kind, key: judged.told(key) if kind == "answer" else "…")


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
