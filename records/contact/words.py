"""Differences of the contact budget, in words; and a rule as a sentence."""

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
from records.contact.definitions import COUNTED

WHOLE = 2
PARTS = {
    "most": gettext_lazy("How many messages it allows changes."),
    "days": gettext_lazy("In how many days it counts changes."),
    "kinds": gettext_lazy("What it counts changes."),
    "segment": gettext_lazy("For whom it holds changes."),
    "survey": gettext_lazy("Which survey it is about changes."),
    "roles": gettext_lazy("Who may pass it over changes."),
    "email": gettext_lazy("Their address is read from another field."),
    "language": gettext_lazy("Their language is read from another field."),
    "consent": gettext_lazy("Whether they agree is read from another field."),
    "option": gettext_lazy("They agree by another option."),
    "refuses": gettext_lazy("Whether they want no mail is read from another field."),
}


def sentence(most: int, days: int, kinds: Any) -> str:
    """“At most 1 in 30 days: Surveys”."""
    said = ngettext("in %(days)s day", "in %(days)s days", days) % {"days": days}
    counted = ", ".join(str(COUNTED[kind]) for kind in kinds if kind in COUNTED)
    return _("At most %(most)s %(in_days)s: %(kinds)s") % {
        "most": most,
        "in_days": said,
        "kinds": counted,
    }


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
    if isinstance(value, Mapping) and "most" in value:
        return sentence(value["most"], value["days"], value["kinds"])
    if isinstance(value, Mapping) and "key" in value:
        return labels.text(value.get("labels"), default=value["key"])
    if difference.path[-1] == "labels":
        return shown_labels(value)
    return shown(value)


BUDGET_WORDS = SectionWords(label=gettext_lazy("Contact budget"), describe=describe, show=show)
PEOPLE_WORDS = SectionWords(label=gettext_lazy("People to write to"), describe=describe, show=show)
