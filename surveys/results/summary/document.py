"""The whole summary, from its title to its last table."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from records.pdf.sheet import About, Sheet
from records.pdf.style import HINT
from records.pdf.text import heading, paragraph
from surveys.results.chosen import Chosen
from surveys.results.report import Numbers, Report
from surveys.results.summary.front import front
from surveys.results.summary.groups import groups
from surveys.results.summary.on_the_way import on_the_way
from surveys.results.summary.over_time import over_time
from surveys.results.summary.questions import questions
from surveys.results.summary.selection import notes, selection
from surveys.results.verbatims import Sayings


def summary(found: Numbers, said: Mapping[str, Sayings] | None = None) -> bytes:
    """In the language that is active. `said` are answers in people's own words, by question; None leaves them out, and
    says so."""
    sheet = Sheet(_about(found.chosen))
    heading(sheet, found.chosen.survey.label)
    paragraph(sheet, selection(found))
    paragraph(sheet, notes(found), HINT)
    front(sheet, found)
    over_time(sheet, found)
    if isinstance(found, Report) and found.split:
        groups(sheet, found, found.split)
    questions(sheet, found, said)
    if isinstance(found, Report):
        if said is None and found.sayings:
            paragraph(sheet, _("What people said in their own words is left out here."), HINT)
        on_the_way(sheet, found)
    return sheet.made()


def _about(chosen: Chosen) -> About:
    company = chosen.access.snapshot.company
    zone: ZoneInfo = chosen.access.tz
    return About(
        title=chosen.survey.label,
        company=company.name,
        made_at=chosen.access.now.astimezone(zone),
        time_zone=company.time_zone,
        language=get_language() or "en",
        subject=_("Results of a survey"),
    )
