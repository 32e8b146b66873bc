"""The first question as it stands in a mail: each answer is a link that chooses it beforehand."""

from __future__ import annotations

from dataclasses import dataclass

from crm_config import labels
from crm_config.definitions import Snapshot
from forms_builder.items.base import Place
from forms_builder.items.registry import ITEMS
from surveys.answering.links import with_answer
from surveys.definitions import SurveyDef

MOST = 12


@dataclass(frozen=True)
class Choice:
    label: str
    url: str


@dataclass(frozen=True)
class Asked:
    label: str
    choices: list[Choice]


def first_question(survey: SurveyDef, token: str, snapshot: Snapshot) -> Asked | None:
    """None where the survey names none, or one that cannot be answered by choosing among a few."""
    item = survey.questions.get(survey.sending.get("first_question") or "")
    kind = ITEMS.get(item.kind) if item else None
    if item is None or kind is None:
        return None
    place = Place(item, survey.form, snapshot)
    steps = getattr(kind, "steps", None)
    if steps is not None:
        found = [(str(n), str(n)) for n in steps(place)]
    else:
        offered = kind.choices(place) if hasattr(kind, "choices") else ()
        found = [(o.key, o.label) for o in offered if not o.retired]
    if not found or len(found) > MOST:
        return None
    choices = [Choice(label, with_answer(token, item.key, key)) for key, label in found]
    return Asked(labels.text(item.labels, default=survey.label), choices)
