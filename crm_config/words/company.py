"""Differences of the company's settings, in words."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.diff import Difference
from crm_config.sections.base import Path
from crm_config.words.plain import language, plain, shown
from crm_config.words.registry import SectionWords
from crm_config.words.sentence import Sentence, say
from crm_config.words.vocabulary import Vocabulary

SENTENCES = {
    "name": gettext_lazy("The company is called {after} instead of {before}."),
    "time_zone": gettext_lazy("The time zone becomes {after}."),
    "base_currency": gettext_lazy("The base currency becomes {after}."),
    "languages": gettext_lazy("The languages become {after}."),
}


def describe(difference: Difference, vocabulary: Vocabulary) -> Sentence:
    if len(difference.path) == 1:
        return say(_("The settings of the company are set."))
    attribute = difference.path[1]
    if attribute == "two_person":
        if difference.after:
            return say(_("A second person must approve before something is published."))
        return say(_("One person alone may publish."))
    if attribute not in SENTENCES:
        return plain(difference, vocabulary)
    return say(
        SENTENCES[attribute],
        before=show(difference, difference.before, vocabulary),
        after=show(difference, difference.after, vocabulary),
    )


def show(difference: Difference, value: Any, vocabulary: Vocabulary) -> str:
    if difference.path[-1] == "languages" and value:
        return ", ".join(language(code) for code in value)
    return shown(value)


def group(path: Path, vocabulary: Vocabulary) -> str:
    return _("Company")


WORDS = SectionWords(label=gettext_lazy("Company"), describe=describe, show=show, group=group)
