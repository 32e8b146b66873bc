"""Files that jobs write for those who asked for them: where they lie, and for how long."""

from __future__ import annotations

from datetime import timedelta

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from jobs.models import Job

FOLDER = "exports"
KEEP_DAYS = 7


def keep(job: Job, content: bytes, ending: str) -> str:
    """Where it lies, which belongs into the job's result as `stored`, with the file's `name`. A job that is
    started again writes it again."""
    name = f"{FOLDER}/{job.pk}-{timezone.localdate():%Y%m%d}.{ending}"
    default_storage.delete(name)
    return default_storage.save(name, ContentFile(content))


def place_of(job: Job) -> str:
    """Where its file lies; empty where there is none yet, or none any more."""
    stored: str = (job.result or {}).get("stored", "")
    return stored if stored and default_storage.exists(stored) else ""


def forget_old(keep_days: int = KEEP_DAYS) -> int:
    """Files of exports go after a week; what was exported can be exported again."""
    oldest = timezone.localdate() - timedelta(days=keep_days)
    try:
        names = default_storage.listdir(FOLDER)[1]
    except FileNotFoundError:
        return 0
    old = [n for n in names if n.rsplit("-", 1)[-1][:8] < f"{oldest:%Y%m%d}"]
    for name in old:
        default_storage.delete(f"{FOLDER}/{name}")
    return len(old)
