"""The trend: drawn, and as numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from records.pdf.plot import Plot, Spot, plot
from records.pdf.sheet import Sheet
from records.pdf.style import HINT
from records.pdf.table import Column, table
from records.pdf.text import heading, paragraph
from surveys.results.charts import HEIGHT, WIDTH, Chart, chart_of
from surveys.results.report import Numbers
from surveys.results.trend import Point, step_of
from surveys.templatetags.results_tags import figure, score


def over_time(sheet: Sheet, found: Numbers) -> None:
    top = found.headline
    if not found.trend or top.question is None:
        return
    step, measure = step_of(found.chosen), top.measure
    heading(sheet, _("Trend"), 2, kept=60)
    paragraph(sheet, top.question.label, HINT)
    if chart := chart_of(found.trend):
        plot(sheet, _drawn(chart, found.trend, step, measure.decimals))
    columns = [
        Column(_heads()[step], 3),
        Column(str(measure.name), number=True),
        Column("±", number=True),
        Column("n", number=True),
    ]
    rows = (
        [
            _named(point.first, step),
            score(point.score, measure),
            figure(point.score.margin if point.score else None, measure.decimals),
            figure(point.n),
        ]
        for point in found.trend
    )
    table(sheet, columns, rows)


def _heads() -> dict[str, str]:
    return {"week": _("Week from"), "month": _("Month"), "quarter": _("Quarter from")}


def _named(first: date, step: str) -> str:
    return date_format(first, "F Y" if step == "month" else "SHORT_DATE_FORMAT")


def _drawn(chart: Chart, points: Sequence[Point], step: str, decimals: int) -> Plot:
    """The drawing of the page, on paper."""
    between = _("%(low)s to %(high)s; lines: 95 %% intervals") % {
        "low": figure(chart.bottom, decimals),
        "high": figure(chart.top, decimals),
    }
    return Plot(
        [
            Spot(mark.x / WIDTH, mark.y / HEIGHT, mark.low / HEIGHT, mark.high / HEIGHT)
            for mark in chart.marks
        ],
        [[_place(point) for point in line.split()] for line in chart.lines],
        None if chart.nought is None else chart.nought / HEIGHT,
        (_named(points[0].first, step), between, _named(points[-1].first, step)),
    )


def _place(point: str) -> tuple[float, float]:
    """From how drawings on pages write it."""
    x, y = map(float, point.split(","))
    return x / WIDTH, y / HEIGHT
