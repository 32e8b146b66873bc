"""The score of one response: the sum of the points that its answers have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from crm_config.definitions import Snapshot
from forms_builder.items.base import Place
from surveys.definitions import SurveyDef
from surveys.questions import BY_KEY


def score(survey: SurveyDef, values: Mapping[str, Any], snapshot: Snapshot) -> float | None:
    """`values` are canonical, by question. None where no question that was answered has points."""
    found = []
    for item in survey.questions.values():
        kind = BY_KEY.get(item.kind)
        if kind is not None and item.key in values:
            place = Place(item, survey.form, snapshot)
            found.append(kind.points(place, values[item.key]))
    given = [points for points in found if points is not None]
    return sum(given) if given else None


def most(survey: SurveyDef, snapshot: Snapshot) -> float | None:
    """What can be reached at all."""
    found = [
        kind.most_points(Place(item, survey.form, snapshot))
        for item in survey.questions.values()
        if (kind := BY_KEY.get(item.kind)) is not None
    ]
    given = [points for points in found if points is not None]
    return sum(given) if given else None
