"""Of some answers so many are wanted: a place is claimed by whoever changes the count from what they saw."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import F

from crm_config.definitions import Snapshot
from forms_builder.engine.evaluate import Answers
from surveys.definitions import EndDef, QuotaDef, SurveyDef
from surveys.flow.ends import holds
from surveys.models import QuotaCount


class Full(Exception):
    """Enough of these were asked."""

    def __init__(self, quota: QuotaDef) -> None:
        self.quota = quota
        super().__init__(quota.key)


def met(survey: SurveyDef, answers: Answers, snapshot: Snapshot) -> list[QuotaDef]:
    """The quotas that the answers count for."""
    return [
        quota
        for quota in survey.quotas
        if holds(survey, f"quotas.{quota.key}", quota.when, answers, snapshot)
    ]


def claim(survey: SurveyDef, quotas: Iterable[QuotaDef]) -> None:
    """In the caller's transaction, which ends where this raises `Full`."""
    for quota in quotas:
        place: dict[str, Any] = {"survey": survey.key, "quota": quota.key}
        QuotaCount.objects.get_or_create(**place)
        free = QuotaCount.objects.filter(**place, taken__lt=quota.most)
        if not free.update(taken=F("taken") + 1):
            raise Full(quota)


def release(survey: SurveyDef, quotas: Iterable[QuotaDef]) -> None:
    for quota in quotas:
        held = QuotaCount.objects.filter(survey=survey.key, quota=quota.key, taken__gt=0)
        held.update(taken=F("taken") - 1)


def taken(survey: SurveyDef) -> dict[str, int]:
    """By quota."""
    rows = QuotaCount.objects.filter(survey=survey.key).values_list("quota", "taken")
    return dict(rows)


def end_when_full(survey: SurveyDef, quota: QuotaDef) -> EndDef:
    """The one that the quota names, else the first for this."""
    named = [end for end in survey.ends if end.key == quota.then]
    return next(iter([*named, *(e for e in survey.ends if e.kind == "screened"), survey.ends[-1]]))
