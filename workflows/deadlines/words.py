"""Differences of business calendars and service levels, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from crm_config import labels
from crm_config.diff import Difference
from crm_config.words.plain import NOTHING, changed_languages, shown, shown_labels
from crm_config.words.registry import SectionWords
from crm_config.words.sentence import Sentence, say
from crm_config.words.vocabulary import Vocabulary

WHOLE = 2
PARTS = {
    "hours": gettext_lazy("Its hours change."),
    "time_zone": gettext_lazy("Its time zone changes."),
    "country": gettext_lazy("The holidays of another country do not count."),
    "subdivision": gettext_lazy("The holidays of another part of the country do not count."),
    "days": gettext_lazy("Its own days without hours change."),
    "calendar": gettext_lazy("Time is counted by another calendar."),
    "condition": gettext_lazy("The records it is about change."),
    "starts": gettext_lazy("When the time begins to run changes."),
    "pauses": gettext_lazy("When the time stands still changes."),
    "targets": gettext_lazy("What is to be done until when changes."),
    "warn_at": gettext_lazy("When it warns changes."),
    "escalations": gettext_lazy("Who is told of delays changes."),
    "order": gettext_lazy("The order in which it is asked changes."),
}


def in_hours(minutes: int) -> str:
    """“4 hours”, “30 minutes”, “1 hour 30 minutes”."""
    hours, rest = divmod(minutes, 60)
    said = []
    if hours:
        said.append(ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours})
    if rest or not hours:
        said.append(ngettext("%(count)s minute", "%(count)s minutes", rest) % {"count": rest})
    return " ".join(said)


def describe(difference: Difference, vocabulary: Vocabulary) -> Sentence:
    if len(difference.path) == WHOLE:
        added = difference.kind == "added"
        return say(_("It is added.") if added else _("It is taken away."))
    part = difference.path[WHOLE]
    if part == "retired":
        return say(_("It is archived.") if difference.after else _("It is in use again."))
    if part == "labels":
        languages = changed_languages(difference.before, difference.after)
        return say(_("Its name changes in {languages}."), languages=languages)
    return say(str(PARTS.get(part, _("It changes."))))


def show(difference: Difference, value: Any, vocabulary: Vocabulary) -> str:
    if value is None:
        return NOTHING
    if isinstance(value, Mapping) and "key" in value:
        return labels.text(value.get("labels"), default=value["key"])
    if difference.path[-1] == "labels":
        return shown_labels(value)
    return shown(value)


CALENDAR_WORDS = SectionWords(
    label=gettext_lazy("Business calendars"), describe=describe, show=show
)
LEVEL_WORDS = SectionWords(label=gettext_lazy("Service levels"), describe=describe, show=show)
