"""How often one network address may begin to answer, where whoever has the address of a survey can."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from surveys.answering.visits import Visit
from surveys.models import Knock

PER_HOUR = 20
#: At a kiosk everybody has one address.
AT_KIOSKS = 240
KEPT = timedelta(hours=3)


def claim(visit: Visit, sender: str) -> bool:
    """Counts one more; False where it would be one too many. Of many at once none is let in beside the limit: who
    changes the count from what may be, has it. Personal links are not counted: each is good for one answer."""
    if visit.link is None or visit.is_test or visit.survey is None:
        return True
    most = visit.survey.settings.get("per_hour", PER_HOUR)
    if visit.kiosk:
        most = max(most, AT_KIOSKS)
    rows = Knock.objects.filter(sender=sender, hour=_hour(timezone.now()))
    free = rows.filter(count__lt=most)
    if free.update(count=F("count") + 1):
        return True
    if not rows.exists():
        try:
            with transaction.atomic():
                Knock.objects.create(sender=sender, hour=_hour(timezone.now()), count=1)
        except IntegrityError:
            pass
        else:
            return True
    # There meanwhile: full, or begun by another at this very moment.
    return bool(free.update(count=F("count") + 1))


def forget() -> int:
    return Knock.objects.filter(hour__lt=timezone.now() - KEPT).delete()[0]


def _hour(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0)
