"""Each question: how many answered it, its score, and its bars with their figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from records.pdf.bars import Bar, bars
from records.pdf.sheet import Sheet
from records.pdf.style import HINT, STRONG
from records.pdf.table import Column
from records.pdf.text import heading, paragraph
from surveys.results.distributions import Distribution
from surveys.results.measures import base
from surveys.results.report import Numbers, Report
from surveys.results.summary.in_words import common_words, spoken
from surveys.results.verbatims import Sayings
from surveys.templatetags.results_tags import figure, interval, margin, percent, score


def questions(sheet: Sheet, found: Numbers, said: Mapping[str, Sayings] | None) -> None:
    if not found.questions or not found.headline.n:
        return
    heading(sheet, _("Questions"), 2, kept=40)
    sayings = found.sayings if isinstance(found, Report) else {}
    for question in found.questions:
        _question(sheet, question)
        key = question.question.key
        if not question.hidden and key in sayings:
            common_words(sheet, sayings[key].words)
            if said is not None and key in said:
                spoken(sheet, said[key].newest)


def _question(sheet: Sheet, found: Distribution) -> None:
    question = found.question
    heading(sheet, question.label, 3)
    notes = [f"n = {figure(question.n)}"]
    if question.retired:
        notes.append(_("no longer asked"))
    if found.hidden:
        notes.append(_("too few to show"))
    paragraph(sheet, " · ".join(notes), HINT)
    for part in found.parts:
        if part.label:
            heading(sheet, f"{part.label} (n = {figure(part.n)})", 4)
        for line in _score(part, found.measure):
            paragraph(sheet, line, STRONG)
        if part.bars:
            bars(
                sheet, map(_bar, part.bars), label=Column(_("Answer"), 3.6), figures=_figures(part)
            )


def _score(part: base.Part, measure: base.Measure) -> Iterator[str]:
    if part.score is None or part.score.value is None:
        return
    line = f"{measure.name} {score(part.score, measure)} {margin(part.score, measure)}".strip()
    if part.median is not None:
        median = _("median %(median)s") % {"median": figure(part.median, measure.decimals)}
        line = f"{line} · {median}"
    yield line


def _figures(part: base.Part) -> list[Column]:
    ranked = any(bar.mean is not None for bar in part.bars)
    return [
        Column(_("Mean place") if ranked else pgettext("of the whole", "Share"), 1.1, number=True),
        Column(_("Interval"), 1.7, number=True),
        Column("n", 0.9, number=True),
    ]


def _bar(bar: base.Bar) -> Bar:
    share = percent(bar.share) if bar.mean is None else figure(bar.mean, 1)
    between = interval(bar.share) if bar.mean is None else ""
    return Bar(bar.label, bar.share.value or 0, (share, between, figure(bar.n)), bar.tone)
