"""Small things that records' templates show again and again: a moment, a person."""

from datetime import datetime, timedelta

from django import template
from django.contrib.humanize.templatetags.humanize import naturaltime
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from crm_config.field_types.support.locale import date_text, time_text

register = template.Library()

#: How long a moment is told as so long ago; after that by its date.
RELATIVE = timedelta(days=7)


@register.filter
def when(moment: datetime | None) -> SafeString | str:
    """Relative up to a week, then the date; in full on hover."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    full = f"{date_text(local.date())} {clock(moment)}"
    recent = abs(timezone.now() - moment) < RELATIVE
    shown = naturaltime(moment) if recent else date_text(local.date())
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', local.isoformat(timespec="seconds"), full, shown
    )


@register.filter
def clock(moment: datetime) -> str:
    """Hours and minutes."""
    return time_text(timezone.localtime(moment).replace(second=0))


@register.filter
def initials(name: str) -> str:
    """Of the first and the last part of a name."""
    parts = str(name).split()
    letters = [parts[0][:1], parts[-1][:1]] if len(parts) > 1 else [str(name)[:2]]
    return "".join(letters).upper()


@register.filter
def person(name: str) -> SafeString | str:
    if not name:
        return ""
    return format_html(
        '<span class="r-person"><span class="r-avatar" aria-hidden="true">{}</span>'
        '<span class="r-person__name">{}</span></span>',
        initials(name),
        name,
    )


@register.filter
def day(moment: datetime) -> str:
    return date_text(timezone.localtime(moment).date())
