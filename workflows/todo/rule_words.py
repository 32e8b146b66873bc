"""A rule of repetition in plain words."""

from __future__ import annotations

from django.utils import formats
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from workflows.todo.rules import Rule


def words(rule: Rule) -> str:
    """“every 2 weeks on Monday and Thursday, until 24/12/2026”."""
    said = _often(rule)
    if rule.until is not None:
        day = formats.date_format(rule.until, "SHORT_DATE_FORMAT")
        return _("%(often)s, until %(day)s") % {"often": said, "day": day}
    if rule.left is not None:
        times = ngettext("%(count)s more time", "%(count)s more times", rule.left)
        return f"{said}, {times % {'count': rule.left}}"
    return said


def _often(rule: Rule) -> str:
    n = {"count": rule.interval}
    if rule.every == "day":
        return ngettext("every day", "every %(count)s days", rule.interval) % n
    if rule.every == "weekday":
        return _("from Monday to Friday")
    if rule.every == "week":
        often = ngettext("every week", "every %(count)s weeks", rule.interval) % n
        return _("%(often)s on %(days)s") % {"often": often, "days": _days(rule)}
    if rule.every == "month":
        often = ngettext("every month", "every %(count)s months", rule.interval) % n
        return _("%(often)s on %(day)s") % {"often": often, "day": _day_of_month(rule)}
    often = ngettext("every year", "every %(count)s years", rule.interval) % n
    return _("%(often)s in %(month)s on %(day)s") % {
        "often": often,
        "month": MONTHS[rule.month],
        "day": _day_of_month(rule),
    }


def _days(rule: Rule) -> str:
    names = [str(WEEKDAYS[n]) for n in rule.days]
    if len(names) == 1:
        return names[0]
    return _("%(some)s and %(last)s") % {"some": ", ".join(names[:-1]), "last": names[-1]}


def _day_of_month(rule: Rule) -> str:
    if rule.by == "last":
        return _("its last day")
    if rule.by == "weekday":
        places = {1: _("the first %(day)s"), 2: _("the second %(day)s"), 3: _("the third %(day)s"),
                  4: _("the fourth %(day)s"), -1: _("the last %(day)s")}  # fmt: skip
        return places[rule.place] % {"day": WEEKDAYS[rule.days[0]]}
    return _("day %(number)s") % {"number": rule.day}
