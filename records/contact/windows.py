"""Rolling windows: how many messages fall into the last days, and when there is room again. Pure; in UTC, where a day
has 24 hours, also when clocks change."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta


def next_free(times: Iterable[datetime], most: int, days: int, now: datetime) -> datetime | None:
    """When one more message fits in: None where it does at once."""
    window = timedelta(days=days)
    begin = now.astimezone(UTC) - window
    lately = sorted((at.astimezone(UTC) for at in times if at > begin), reverse=True)
    return lately[most - 1] + window if len(lately) >= most else None
