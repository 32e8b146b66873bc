"""How often one network address may begin to answer, where whoever has the address of a survey can."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F, Sum
from django.utils import timezone

from surveys.answering.visits import Visit
from surveys.models import Knock

PER_HOUR = 20
#: At a kiosk everybody has one address.
AT_KIOSKS = 240
KEPT = timedelta(hours=3)


def too_many(visit: Visit, sender: str) -> bool:
    """Personal links are not counted: each is good for one answer."""
    if visit.link is None or visit.is_test or visit.survey is None:
        return False
    most = visit.survey.settings.get("per_hour", PER_HOUR)
    if visit.kiosk:
        most = max(most, AT_KIOSKS)
    since = _hour(timezone.now()) - timedelta(hours=1)
    rows = Knock.objects.filter(sender=sender, hour__gt=since)
    return (rows.aggregate(all=Sum("count"))["all"] or 0) >= most


def count(visit: Visit, sender: str) -> None:
    if visit.link is None or visit.is_test:
        return
    place = {"sender": sender, "hour": _hour(timezone.now())}
    if Knock.objects.filter(**place).update(count=F("count") + 1):
        return
    try:
        with transaction.atomic():
            Knock.objects.create(**place, count=1)
    except IntegrityError:
        Knock.objects.filter(**place).update(count=F("count") + 1)


def forget() -> int:
    return Knock.objects.filter(hour__lt=timezone.now() - KEPT).delete()[0]


def _hour(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)
