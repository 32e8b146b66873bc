"""How long answers to repeated requests are kept."""

from datetime import timedelta

from django.utils import timezone

from records.models import IdempotencyKey

KEPT_FOR = timedelta(hours=24)


def forget_old() -> int:
    """Drops answers that nobody will ask for again; returns how many."""
    old = IdempotencyKey.objects.filter(created_at__lt=timezone.now() - KEPT_FOR)
    return old.delete()[0]
