"""Sharing results with people who have no login: chosen questions, in numbers alone, until a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from records.access import Access
from records.errors import Forbidden
from surveys.definitions import SurveyDef
from surveys.models import ResultShare
from surveys.results import reach
from surveys.results.asking import Asked
from surveys.results.chosen import Chosen

#: In days.
USUAL, LONGEST = 30, 366


def may_share(survey: SurveyDef, access: Access) -> bool:
    """Who reads the survey's results by a role, and who may share the records that it asks about."""
    record_type = reach.about(survey, access.snapshot)
    if record_type is None or access.read_only or not reach.may_read(survey, access):
        return False
    return reach.reads_nobodys(survey, access) or access.may("share", record_type)


def share(
    survey: SurveyDef,
    *,
    access: Access,
    questions: Iterable[str],
    asked: Asked,
    name: str,
    days: int = USUAL,
) -> ResultShare:
    """Raises `Forbidden`. What cannot be counted is not shared."""
    if access.user is None or not may_share(survey, access):
        raise Forbidden(_("You may not share these results."))
    return ResultShare.objects.create(
        survey=survey.key,
        name=name or survey.label,
        questions=list(questions),
        asked={key: value for key, value in asdict(asked).items() if value},
        expires_at=access.now + timedelta(days=min(max(days, 1), LONGEST)),
        created_by=access.user,
    )


def shares_of(survey: SurveyDef, access: Access) -> QuerySet[ResultShare]:
    """Those that can be opened: one's own, and for those who read the results by a role everybody's."""
    rows = ResultShare.objects.filter(
        survey=survey.key, revoked_at__isnull=True, expires_at__gt=access.now
    )
    if not reach.reads_nobodys(survey, access):
        rows = rows.filter(created_by=access.user_id) if access.user_id else rows.none()
    return rows.select_related("created_by")


def revoke(row: ResultShare, *, access: Access) -> None:
    row.revoked_at = access.now
    row.save(update_fields=["revoked_at"])


def opened(token: str) -> Chosen | None:
    """What a link shows now: with the eyes of whoever made it, as long as they may share it."""
    row = ResultShare.objects.filter(token=token, revoked_at__isnull=True).first()
    if row is None or row.created_by is None:
        return None
    access = Access.of(row.created_by)
    survey = reach.readable(row.survey, access)
    if row.expires_at <= access.now or survey is None or not may_share(survey, access):
        return None
    return Chosen(survey, access, Asked.of(row.asked), kept=frozenset(row.questions))
