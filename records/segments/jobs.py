"""When segments are counted: soon after something changed, and each day anew."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from crm_config.live import pinned
from jobs.models import Job
from jobs.runs import JobRun
from jobs.services import enqueue
from records.segments.counting import concerned, count, due

KIND = "records.count_segments"


def count_soon(keys: Iterable[str], *, user: Any = None) -> Job:
    """Those, and the segments that ask about them. The same are not counted twice at a time."""
    wanted = sorted(keys)
    name = hashlib.sha256(",".join(wanted).encode()).hexdigest()[:20]
    return enqueue(kind=KIND, args={"segments": wanted}, key=f"{KIND}:{name}", user=user)


def run(run: JobRun) -> dict[str, int]:
    """Those named, or without any name those that are due today. Each count stands by itself, so that work
    that was cut off does not begin anew with what is done."""
    with pinned() as snapshot:
        keys = run.args.get("segments")
        now = timezone.now()
        segments = due(snapshot, now) if keys is None else concerned(keys, snapshot)
        for done, segment in enumerate(segments):
            run.stop_if_cancelled()
            run.progress(done, len(segments), segment.label)
            count(segment, snapshot=snapshot, now=timezone.now())
        run.progress(len(segments), len(segments))
    return {"counted": len(segments)}
