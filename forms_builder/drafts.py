"""What was filled in so far: kept between two steps, and for whoever goes on later."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from forms_builder import uploads
from forms_builder.models import FormDraft

#: How long somebody may take to go on.
KEPT_FOR = timedelta(days=30)


def find(token: str, form: str) -> FormDraft | None:
    after = timezone.now() - KEPT_FOR
    return FormDraft.objects.filter(token=token, form=form, touched_at__gt=after).first()


def forget() -> int:
    """Those that nobody went on with, with their files."""
    before = timezone.now() - KEPT_FOR
    rows = list(FormDraft.objects.filter(touched_at__lt=before)[:200])
    for row in rows:
        uploads.discard(row.files.values())
        row.delete()
    return len(rows)
