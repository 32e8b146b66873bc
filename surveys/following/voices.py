"""What managers and owners look at: follow-ups that wait, those who said the worst and the best, and teams."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Q, QuerySet

from crm_config.definitions import Snapshot, TypeDef
from crm_config.field_types.base import LinkLabel
from records.access import Access
from records.selectors.names import link_labels
from surveys.definitions import SurveyDef, surveys_of
from surveys.following.answers import leading, leading_label
from surveys.following.names import rule_label, survey_label
from surveys.following.visibility import seen, visible
from surveys.models import Answer, FollowUp, Response
from surveys.piping import person_type

CLOSED = FollowUp.Status.CLOSED
MOST = 5
#: How far back the worst and the best are looked for, and closed ones counted.
DAYS = 90


@dataclass(frozen=True, eq=False)
class Line:
    """One follow-up as its reader sees it."""

    row: FollowUp
    survey: str
    rule: str
    record: LinkLabel | None
    overdue: bool
    said: str = ""


@dataclass(frozen=True)
class TeamLine:
    name: str
    waiting: int
    overdue: int
    closed: int


@dataclass(frozen=True, eq=False)
class Voice:
    """What one person said last to the question that leads, with their words."""

    response: Response
    number: float
    words: str
    record: LinkLabel | None


def waiting(access: Access, *, mine: bool = False, survey: str = "") -> QuerySet[FollowUp]:
    """Overdue ones first."""
    rows = _asked(access, mine=mine, survey=survey).exclude(status=CLOSED)
    return rows.order_by(F("due_at").asc(nulls_last=True), "pk")


def closed(access: Access, *, mine: bool = False, survey: str = "") -> QuerySet[FollowUp]:
    rows = _asked(access, mine=mine, survey=survey).filter(status=CLOSED)
    return rows.order_by("-closed_at", "-pk")


def _asked(access: Access, *, mine: bool, survey: str) -> QuerySet[FollowUp]:
    rows = visible(access)
    if mine:
        rows = rows.filter(owner=access.user_id)
    return rows.filter(survey=survey) if survey else rows


def lines(rows: Sequence[FollowUp], access: Access) -> list[Line]:
    """Two more queries, however many they are."""
    snapshot = access.snapshot
    labels = link_labels((row.record_id for row in rows if row.record_id), access=access)
    numbers = _numbers([row.response_id for row in rows], snapshot)
    return [
        Line(
            row,
            survey_label(row.survey, snapshot),
            rule_label(row, snapshot),
            _seen(labels, row.record_id),
            is_overdue(row, access.now),
            numbers.get(row.response_id, ""),
        )
        for row in rows
    ]


def is_overdue(row: FollowUp, now: datetime) -> bool:
    return row.status != CLOSED and row.due_at is not None and row.due_at < now


def teams(access: Access) -> list[TeamLine]:
    """Those whose follow-ups one sees, those with the most that waits first."""
    now, open_ones = access.now, ~Q(status=CLOSED)
    since = Q(closed_at__gte=now - timedelta(days=DAYS))
    rows = visible(access).order_by().values("team__name")
    counted = rows.annotate(
        waiting=Count("pk", filter=open_ones),
        overdue=Count("pk", filter=open_ones & Q(due_at__lt=now)),
        closed=Count("pk", filter=Q(status=CLOSED) & since),
    )
    found = [
        TeamLine(row["team__name"] or "", row["waiting"], row["overdue"], row["closed"])
        for row in counted
    ]
    return sorted(found, key=lambda line: (-line.overdue, -line.waiting, line.name))


def heard(access: Access) -> list[SurveyDef]:
    """The surveys whose answers may be told one by one: some person stands behind each."""
    return [
        survey
        for survey in surveys_of(access.snapshot).values()
        if not survey.is_anonymous and leading(survey) and _types(survey, access.snapshot)
    ]


def extremes(survey: SurveyDef, access: Access, *, best: bool) -> list[Voice]:
    """The worst or the best of late, the newest of them first, of records that one may see."""
    key = leading(survey)
    reach = seen("response__record", _types(survey, access.snapshot), access)
    rows = Answer.objects.filter(
        reach,
        question=key,
        part="",
        number__isnull=False,
        response__survey=survey.key,
        response__status=Response.Status.COMPLETED,
        response__is_test=False,
        response__completed_at__gte=access.now - timedelta(days=DAYS),
    ).select_related("response")
    found = list(rows.order_by("-number" if best else "number", "-response_id")[:MOST])
    words = _words([answer.response_id for answer in found])
    labels = link_labels((each.response.record_id or 0 for each in found), access=access)
    return [
        Voice(
            each.response,
            each.number or 0,
            words.get(each.response_id, ""),
            _seen(labels, each.response.record_id),
        )
        for each in found
    ]


def _types(survey: SurveyDef, snapshot: Snapshot) -> list[TypeDef]:
    known = (snapshot.types.get(survey.type), person_type(survey, snapshot))
    return [each for each in known if each is not None and not each.retired]


def _words(responses: Sequence[int]) -> Mapping[int, str]:
    """The first words that each said."""
    rows = Answer.objects.filter(response__in=responses).exclude(text="").order_by("-pk")
    return dict(rows.values_list("response", "text"))


def _numbers(responses: Sequence[int], snapshot: Snapshot) -> Mapping[int, str]:
    """What was answered to the question that leads: “NPS 3”."""
    keys = {survey.key: leading(survey) for survey in surveys_of(snapshot).values()}
    rows = Answer.objects.filter(
        response__in=responses, question__in=set(keys.values()), part="", number__isnull=False
    )
    found = rows.values_list("response", "response__survey", "question", "number")
    return {
        pk: f"{leading_label(surveys_of(snapshot)[key])} {number:g}"
        for pk, key, question, number in found
        if keys.get(key) == question
    }


def _seen(labels: Mapping[int, LinkLabel], pk: int | None) -> LinkLabel | None:
    found = labels.get(pk) if pk else None
    return found if found is not None and found.visible else None
