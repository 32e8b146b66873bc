"""The score by group."""

from __future__ import annotations

from django.utils.translation import gettext as _

from records.pdf.sheet import Sheet
from records.pdf.style import HINT
from records.pdf.table import Column, table
from records.pdf.text import heading, paragraph
from surveys.results.by_group import Group
from surveys.results.floor import floor_of
from surveys.results.measures.base import Measure
from surveys.results.report import Report
from surveys.results.splits import Split
from surveys.templatetags.results_tags import figure, score


def groups(sheet: Sheet, found: Report, split: Split) -> None:
    measure = found.headline.measure
    heading(sheet, _title(split), 2)
    if not found.groups:
        paragraph(sheet, _("There is nothing to split yet."), HINT)
        return
    columns = [
        Column(split.label, 3),
        Column(str(measure.name), number=True),
        Column("±", number=True),
        Column("n", number=True),
    ]
    table(sheet, columns, (_row(group, measure) for group in found.groups))
    hint = _(
        "Groups of fewer than %(floor)s answers are hidden, and where they could be worked out, "
        "the smallest other one with them."
    )
    paragraph(sheet, hint % {"floor": floor_of(found.chosen.survey)}, HINT)


def _title(split: Split) -> str:
    if split.segment:
        return _("By segment %(segment)s") % {"segment": split.label}
    return _("By %(name)s") % {"name": split.label}


def _row(group: Group, measure: Measure) -> list[str]:
    if group.score is None:
        return [group.label, _("hidden"), "", figure(group.n)]
    margin = figure(group.score.margin, measure.decimals)
    return [group.label, score(group.score, measure), margin, figure(group.n)]
