"""Putting off: for how long, and until when that is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from records.access import Access
from workflows.models import Snooze
from workflows.todo.day import midnight

#: When on a day what was put off comes up again.
MORNING = timedelta(hours=7)
LENGTHS: Mapping[str, str | Promise] = {
    "hour": _("For an hour"),
    "tomorrow": _("Until tomorrow"),
    "week": _("Until next Monday"),
    "month": _("For a month"),
}


def until(length: str, access: Access) -> datetime:
    """Raises `KeyError` for a length that there is not."""
    today = access.now.astimezone(access.tz).date()
    days: Mapping[str, date] = {
        "tomorrow": today + timedelta(days=1),
        "week": today + timedelta(days=7 - today.weekday()),
        "month": today + timedelta(days=30),
    }
    if length == "hour":
        return access.now + timedelta(hours=1)
    return midnight(days[length], access) + MORNING


def snooze(record_id: int, length: str, *, access: Access) -> datetime:
    """The record must be one that the person sees; asking for it says so."""
    moment = until(length, access)
    if access.user_id is None:
        raise PermissionDenied
    Snooze.objects.update_or_create(
        user_id=access.user_id, record_id=record_id, defaults={"until": moment}
    )
    return moment
