"""From the invitation to the end: who was asked, who came how far, and where the others stopped."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from records.pdf.figures import Figure, figures
from records.pdf.sheet import Sheet
from records.pdf.table import Column, table
from records.pdf.text import heading
from surveys.results.rates import PageRate
from surveys.results.report import Report
from surveys.templatetags.results_tags import figure, percent, seconds


def on_the_way(sheet: Sheet, found: Report) -> None:
    rates = found.rates
    if not found.headline.n and not rates.invited:
        return
    heading(sheet, _("From the invitation to the end"), 2)
    counted = (
        (_("Invited"), rates.invited),
        (_("Not deliverable"), rates.not_delivered),
        (_("Started"), rates.started),
    )
    figures(sheet, [Figure(label, figure(n)) for label, n in counted])
    columns = [
        Column(_("Page"), 3),
        Column(_("Came to it"), number=True),
        Column(_("Stopped there"), number=True),
        Column(pgettext("of the whole", "Share"), number=True),
        Column(_("Time (median)"), 1.4, number=True),
    ]
    table(sheet, columns, map(_row, found.pages))


def _row(page: PageRate) -> list[str]:
    left = page.left
    return [
        page.label,
        figure(page.reached),
        figure(left.count),
        percent(left),
        seconds(page.median),
    ]
