"""A deadline in words: how long is left, how late it is, or how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from workflows.deadlines.definitions import LevelDef
from workflows.models import Deadline

State = Deadline.State


@dataclass(frozen=True)
class Shown:
    """`look` is calm, soon, late, paused or met."""

    label: str
    words: str
    look: str
    level: str
    at: datetime | None = None


def shown(level: LevelDef, row: Deadline, now: datetime) -> Shown:
    target = level.target(row.target)
    label = target.label if target else row.target
    words, look, at = _said(row, now)
    return Shown(label, words, look, level.label, at)


def _said(row: Deadline, now: datetime) -> tuple[str, str, datetime | None]:
    if row.state == State.MET:
        if row.breached_at is not None:
            return _("done, but too late"), "late", row.met_at
        return _("done in time"), "met", row.met_at
    if row.breached_at is not None:
        return late(now - row.breached_at), "late", row.breached_at
    if row.state == State.PAUSED:
        return _("the time stands still"), "paused", None
    if row.due_at is None:
        return _("never: the calendar has no hours for it"), "calm", None
    if row.due_at <= now:
        return late(now - row.due_at), "late", row.due_at
    look = "soon" if row.warned_at is not None else "calm"
    return _("in %(span)s") % {"span": span(row.due_at - now)}, look, row.due_at


def late(by: timedelta) -> str:
    return _("%(span)s late") % {"span": span(by)}


def span(length: timedelta) -> str:
    """The two largest parts: “3 days 4 h”, “2 h 10 min”, “40 min”."""
    minutes = max(int(length.total_seconds() // 60), 0)
    days, minutes = divmod(minutes, 24 * 60)
    hours, minutes = divmod(minutes, 60)
    if days:
        said = ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
        return f"{said} {_('%(count)s h') % {'count': hours}}" if hours else said
    of_hour = _("%(count)s min") % {"count": minutes}
    return f"{_('%(count)s h') % {'count': hours}} {of_hour}" if hours else of_hour
