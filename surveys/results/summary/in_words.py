"""What was answered in people's own words: the commonest words, and where they may be passed on the newest answers."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from records.pdf.sheet import Sheet
from records.pdf.style import BODY, HINT
from records.pdf.text import paragraph
from surveys.results.verbatims import Verbatim
from surveys.results.words import Word
from surveys.templatetags.results_tags import figure

#: The list is a short one.
WORDS = 15
#: Of one answer; the page has all of it.
LONGEST = 1_000
INDENT = 4.0


def common_words(sheet: Sheet, words: Sequence[Word]) -> None:
    if words:
        paragraph(sheet, _("Words, with how many answers they stand in"), HINT, kept=BODY.leading)
        listed = ", ".join(f"{word.text}\u00a0({figure(word.n)})" for word in words[:WORDS])
        paragraph(sheet, listed)


def spoken(sheet: Sheet, newest: Sequence[Verbatim]) -> None:
    for each in newest:
        text = each.text if len(each.text) <= LONGEST else f"{each.text[:LONGEST]}…"
        paragraph(sheet, text, BODY, indent=INDENT, kept=2 * HINT.leading)
        if line := _whose(each):
            paragraph(sheet, line, HINT, indent=INDENT)


def _whose(each: Verbatim) -> str:
    """As far as the reader sees it."""
    said = [figure(each.number)] if each.number is not None else []
    if each.record and each.record.visible:
        said.append(each.record.title)
    if each.at:
        said.append(date_format(localtime(each.at), "SHORT_DATE_FORMAT"))
    return " · ".join(said)
