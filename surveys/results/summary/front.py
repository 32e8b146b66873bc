"""The figures on top: the score, how many answered, and how it was before."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from records.pdf.figures import Figure, figures
from records.pdf.sheet import Sheet
from records.pdf.style import HINT
from records.pdf.text import paragraph
from surveys.results.headline import Headline
from surveys.results.rates import Rates
from surveys.results.report import Numbers, Report
from surveys.templatetags.results_tags import figure, margin, percent, score


def front(sheet: Sheet, found: Numbers) -> None:
    top = found.headline
    shown = [*_score(top), Figure(_("Answers"), figure(top.n))]
    if isinstance(found, Report):
        shown += _rates(found.rates)
    figures(sheet, shown)
    if line := _difference(top):
        paragraph(sheet, line)
    if top.hidden and top.question:
        paragraph(sheet, _("Too few have answered to show a score."), HINT)
    if not top.n:
        paragraph(sheet, _("Nobody has answered yet, as far as may be seen."))


def _score(top: Headline) -> Iterator[Figure]:
    found = top.score
    if found is None or found.value is None:
        return
    decimals = top.measure.decimals
    between = _("%(low)s to %(high)s") % {
        "low": figure(found.low, decimals),
        "high": figure(found.high, decimals),
    }
    hint = f"{margin(found, top.measure)} ({between}), n = {figure(found.n)}"
    yield Figure(str(top.measure.name), score(found, top.measure), hint)


def _rates(found: Rates) -> Iterator[Figure]:
    for label, share in (
        (_("Answered, of those invited"), found.answered),
        (_("Finished, of those who began"), found.finished),
    ):
        if share.n:
            yield Figure(label, percent(share), f"n = {figure(share.n)}")


def _difference(top: Headline) -> str:
    found = top.difference
    if found is None:
        return ""
    by = {"by": figure(found.change, top.measure.decimals)}
    if found.change > 0:
        change = _("up %(by)s on the period before") % by
    elif found.change < 0:
        change = _("%(by)s on the period before") % by
    else:
        change = _("as in the period before")
    chance = _("more than chance") if found.more_than_chance else _("may be chance")
    return f"{top.measure.name}: {change} ({chance})"
