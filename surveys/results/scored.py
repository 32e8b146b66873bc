"""The numbers that a question was answered with, or the points that whole responses came to: one row each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from surveys.models import Response
from surveys.results.chosen import Chosen
from surveys.results.questions import Question


@dataclass(frozen=True, eq=False)
class Scored:
    """Each row has its `number`; what else stands on its response is found by `to`."""

    rows: QuerySet[Any]
    #: Empty where the rows are the responses.
    response: str = ""

    def to(self, name: str) -> str:
        return f"{self.response}__{name}" if self.response else name

    def among(self, responses: QuerySet[Response]) -> Q:
        return Q(**{f"{self.response or 'pk'}__in": responses.values("pk")})


def scored(chosen: Chosen, question: Question) -> Scored:
    if not question.is_points:
        rows = chosen.answers.filter(question=question.key, number__isnull=False)
        return Scored(rows, "response")
    counted = Response.objects.filter(pk__in=chosen.rows.values("pk"), score__isnull=False)
    return Scored(counted.order_by().annotate(number=F("score")))
