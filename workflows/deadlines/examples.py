"""What a calendar makes of a time: an example for whoever writes it."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from workflows.deadlines.business_time import NoHours, add
from workflows.deadlines.definitions import CalendarDef

FRIDAY = 4
AT = time(16, 30)


def example(calendar: CalendarDef, length: timedelta, now: datetime) -> str:
    """“What begins on Friday 16:30 is due on Monday 10:30.”"""
    hours = calendar.counted
    today = now.astimezone(hours.tz).date()
    friday = today + timedelta(days=(FRIDAY - today.weekday()) % 7)
    begun = datetime.combine(friday, AT, hours.tz)
    try:
        due = add(hours, begun, length).astimezone(hours.tz)
    except NoHours:
        return _("It would never be due: the calendar has no hours for it.")
    said = {"begun": _moment(begun), "due": _moment(due)}
    return _("What begins on %(begun)s is due on %(due)s.") % said


def _moment(moment: datetime) -> str:
    return date_format(moment, "l j F, H:i")
