"""Over the API: the surveys whose results somebody may read, and the figures of one."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Query, Router, Schema
from pydantic import ConfigDict, Field

from records.api import registry
from records.api.auth import caller_of
from records.api.openapi import refusing
from records.api.schemas.base import PLAIN
from records.errors import NotVisible
from surveys.results import reach
from surveys.results.asking import Asked
from surveys.results.by_group import Group
from surveys.results.chosen import Chosen
from surveys.results.distributions import Distribution
from surveys.results.headline import Headline, headline
from surveys.results.measures.base import Bar, Part, Score
from surveys.results.report import report
from surveys.results.trend import Point
from surveys.scores.wilson import Share

router = Router(tags=["Surveys"])
Key = Annotated[str, Field(max_length=50, pattern=PLAIN)]


class ScoreOut(Schema):
    n: int
    value: float | None
    low: float | None = Field(description="With `high`, the interval of 95 %.")
    high: float | None


class ShareOut(Schema):
    count: int
    n: int
    value: float | None = Field(description="From 0 to 1.")
    low: float | None
    high: float | None


class SurveyOut(Schema):
    key: str
    label: str
    type: str
    anonymous: bool
    archived: bool
    answers: int
    question: str | None = Field(description="The one whose score stands here.")
    measure: str
    score: ScoreOut | None = Field(description="Null where too few answered.")


class SurveysOut(Schema):
    surveys: list[SurveyOut]


class BarOut(Schema):
    key: str
    label: str
    share: ShareOut
    mean_place: float | None


class PartOut(Schema):
    label: str = Field(description="Of a matrix, its row.")
    n: int
    score: ScoreOut | None
    median: float | None
    bars: list[BarOut]


class QuestionOut(Schema):
    key: str
    label: str
    measure: str
    n: int
    retired: bool = Field(description="No longer asked.")
    hidden: bool = Field(description="Too few answered to show it.")
    parts: list[PartOut]


class PointOut(Schema):
    first: date
    n: int
    score: ScoreOut | None


class GroupOut(Schema):
    label: str
    n: int
    score: ScoreOut | None = Field(description="Null where it is hidden.")


class DifferenceOut(Schema):
    change: float
    z: float | None
    p: float | None


class ResultsOut(SurveyOut):
    before: DifferenceOut | None = Field(description="Against the period before, as long.")
    invited: int
    answered: ShareOut = Field(description="Of the invitations that arrived.")
    finished: ShareOut = Field(description="Of the responses that were begun.")
    trend: list[PointOut]
    groups: list[GroupOut]
    questions: list[QuestionOut]


class ResultsQuery(Schema):
    model_config = ConfigDict(extra="forbid")
    days: str = Field("", pattern=r"^(30|90|365)?$", description="So many days back.")
    since: date | None = None
    until: date | None = Field(None, description="Included.")
    by: str = Field("month", pattern=r"^(week|month|quarter)$")
    split: str = Field(
        "",
        max_length=60,
        pattern=r"^[a-z0-9_.:]*$",
        description="A field's key, `person.<type>.<key>` or `segment:<key>`.",
    )
    segment: str = Field("", max_length=50, pattern=r"^[a-z0-9_]*$")
    latest: str = Field(
        "", pattern=r"^[01]?$", description="`1`: the latest answer of each person."
    )
    question: str = Field("", max_length=50, pattern=r"^[a-z0-9_]*$")


@router.get("", response=SurveysOut, url_name="surveys", summary="Surveys")
def list_surveys(request: HttpRequest) -> dict[str, Any]:
    """Those of which you may read results, each counted over the answers that you may read."""
    access = caller_of(request).access
    found = [Chosen(survey, access) for survey in reach.readable_surveys(access)]
    return {"surveys": [_survey(chosen, headline(chosen)) for chosen in found]}


@router.get(
    "/{key}/results",
    response=ResultsOut,
    url_name="survey_results",
    summary="The results of a survey",
    openapi_extra=refusing(HTTPStatus.NOT_FOUND),
)
def get_results(request: HttpRequest, key: Path[Key], query: Query[ResultsQuery]) -> dict[str, Any]:
    """Counted over the answers that you may read; without single answers and words."""
    access = caller_of(request).access
    survey = reach.readable(key, access)
    if survey is None:
        raise NotVisible(key)
    said = {k: str(v) for k, v in query.model_dump().items() if v}
    found = report(Chosen(survey, access, Asked.of(said)))
    difference = found.headline.difference
    return _survey(found.chosen, found.headline) | {
        "before": difference
        and {"change": difference.change, "z": difference.z, "p": difference.p},
        "invited": found.rates.invited,
        "answered": _share(found.rates.answered),
        "finished": _share(found.rates.finished),
        "trend": list(map(_point, found.trend)),
        "groups": list(map(_group, found.groups)),
        "questions": list(map(_question, found.questions)),
    }


def _survey(chosen: Chosen, found: Headline) -> dict[str, Any]:
    survey = chosen.survey
    return {
        "key": survey.key,
        "label": survey.label,
        "type": survey.type,
        "anonymous": survey.is_anonymous,
        "archived": survey.retired,
        "answers": found.n,
        "question": found.question.key if found.question else None,
        "measure": found.question.measure if found.question else "",
        "score": _score(found.score),
    }


def _score(score: Score | None) -> dict[str, Any] | None:
    if score is None:
        return None
    return {"n": score.n, "value": score.value, "low": score.low, "high": score.high}


def _share(share: Share) -> dict[str, Any]:
    return {
        "count": share.count,
        "n": share.n,
        "value": share.value,
        "low": share.low,
        "high": share.high,
    }


def _point(point: Point) -> dict[str, Any]:
    return {"first": point.first, "n": point.n, "score": _score(point.score)}


def _group(group: Group) -> dict[str, Any]:
    return {"label": group.label, "n": group.n, "score": _score(group.score)}


def _question(found: Distribution) -> dict[str, Any]:
    question = found.question
    return {
        "key": question.key,
        "label": question.label,
        "measure": question.measure,
        "n": question.n,
        "retired": question.retired,
        "hidden": found.hidden,
        "parts": list(map(_part, found.parts)),
    }


def _part(part: Part) -> dict[str, Any]:
    return {
        "label": part.label,
        "n": part.n,
        "score": _score(part.score),
        "median": part.median,
        "bars": list(map(_bar, part.bars)),
    }


def _bar(bar: Bar) -> dict[str, Any]:
    return {
        "key": bar.key,
        "label": bar.label,
        "share": _share(bar.share),
        "mean_place": bar.mean,
    }


def register() -> None:
    registry.register("surveys", router)
