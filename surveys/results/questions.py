"""The questions that were answered, as far as they can be counted: those in use, and those of former versions.

Answers are joined by the question's key, over all versions. What a question is called and how it is counted, the newest
version says that has it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from django.db.models import Count, Max
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from crm_config import labels
from crm_config.definitions import FieldDef, Snapshot
from crm_config.live import at
from crm_config.models import ConfigSnapshot
from forms_builder.definitions import ItemDef, StepDef
from forms_builder.items.base import ItemKind, Place
from forms_builder.items.registry import ITEMS
from surveys.definitions import SurveyDef, surveys_of
from surveys.piping import for_all
from surveys.questions.scales import ScaleQuestion
from surveys.scores.points import most

if TYPE_CHECKING:
    from surveys.results.chosen import Chosen

#: Whose score leads where nobody chose, the first that there is.
LEADING = ("nps", "csat", "ces", "rating", "points", "number")
#: The points of whole responses stand among the questions under a key that no question can have.
POINTS = "_points"
#: So many former versions are looked into.
MOST_VERSIONS = 8


@dataclass(frozen=True, eq=False)
class Question:
    """`options` and `parts` (the rows of a matrix) by key, in order. `n` is how many answered it."""

    key: str
    label: str
    measure: str
    step: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, str] = field(default_factory=dict)
    steps: int = 0
    retired: bool = False
    n: int = 0

    @property
    def scored(self) -> bool:
        return self.measure in LEADING

    @property
    def is_points(self) -> bool:
        return self.key == POINTS


def questions_of(chosen: Chosen) -> Mapping[str, Question]:
    """The points of all together first, then in the order of the survey, those no longer in it last. One query, one
    more where there are points, and where answers are of former questions those of their versions."""
    found = {
        row["question"]: row
        for row in chosen.answers.values("question").annotate(
            n=Count("response", distinct=True), version=Max("response__config_version")
        )
    }
    snapshot = chosen.access.snapshot
    known = {q.key: q for q in asked_questions(chosen.survey, snapshot)}
    missing = found.keys() - known.keys()
    former = _former(chosen.survey.key, {found[key]["version"] for key in missing}, missing)
    counted = {key: row["n"] for key, row in found.items()}
    return {
        **_points(chosen),
        **{
            key: replace(question, n=counted.get(key, 0))
            for key, question in {**known, **former}.items()
        },
    }


def _points(chosen: Chosen) -> dict[str, Question]:
    """Of a survey that gives points; one query. None of an anonymous one: a sum over one person's answers could tell
    those that are too few to be shown."""
    if chosen.survey.is_anonymous:
        return {}
    highest = most(chosen.survey, chosen.access.snapshot)
    if highest is None:
        return {}
    whole = int(highest) if highest.is_integer() else highest
    label = _("Points, %(most)s at most") % {"most": number_format(whole)}
    n = chosen.rows.filter(score__isnull=False).count()
    return {POINTS: Question(POINTS, label, "points", n=n)}


def _former(survey: str, versions: set[int], missing: set[str]) -> dict[str, Question]:
    found: dict[str, Question] = {}
    if not versions:
        return found
    there = ConfigSnapshot.objects.filter(version__in=versions).order_by("-version")
    for version in there.values_list("version", flat=True)[:MOST_VERSIONS]:
        snapshot = at(version)
        definition = surveys_of(snapshot).get(survey)
        for question in asked_questions(definition, snapshot) if definition else ():
            if question.key in missing:
                found.setdefault(question.key, replace(question, retired=True))
    return found


def asked_questions(survey: SurveyDef, snapshot: Snapshot) -> Iterator[Question]:
    for step in survey.form.steps:
        for item in step.items:
            if question := question_of(item, step, survey, snapshot):
                yield question


def question_of(
    item: ItemDef, step: StepDef, survey: SurveyDef, snapshot: Snapshot
) -> Question | None:
    """None for what nobody answers."""
    kind = ITEMS.get(item.kind)
    if kind is None or not kind.asks:
        return None
    place = Place(item, survey.form, snapshot)
    f = kind.field(place)
    rows = f.options.get("rows", ()) if f else ()
    return Question(
        item.key,
        for_all(labels.text(item.labels)) or (f.label if f else item.key),
        getattr(kind, "measure", ""),
        step.key,
        options=_options(kind, place, f),
        parts={r["key"]: for_all(labels.text(r.get("labels"), default=r["key"])) for r in rows},
        steps=kind.steps(place)[-1] if isinstance(kind, ScaleQuestion) else 0,
    )


def _options(kind: ItemKind, place: Place, f: FieldDef | None) -> Mapping[str, str]:
    """By key; of scales the steps that have a name."""
    if isinstance(kind, ScaleQuestion):
        return {str(n): f"{n} · {word}" for n, word in kind.words(place).items()}
    return {option.key: for_all(option.label) for option in f.choices} if f else {}
