"""What a summary is about, in words: of which time, of whom, and what is hidden in it."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from records.segments.rights import usable
from surveys.results import reach
from surveys.results.asking import Span
from surveys.results.chosen import Chosen
from surveys.results.floor import floor_of
from surveys.results.report import Numbers, Report


def selection(found: Numbers) -> str:
    """Whoever has a shared link is told the time alone: names of segments are for those inside."""
    return " · ".join(
        [*_times(found.chosen), *(_inside(found) if isinstance(found, Report) else ())]
    )


def notes(found: Numbers) -> str:
    """How its figures are to be read."""
    said = [
        _("Nothing but their number is shown where fewer than %(floor)s answered.")
        % {"floor": floor_of(found.chosen.survey)},
        _("With ± and in intervals lies the true value in 95 of 100 samples."),
    ]
    if isinstance(found, Report):
        said.insert(0, _("Counted are the answers that whoever made this document may read."))
    return " ".join(said)


def _times(chosen: Chosen) -> Iterator[str]:
    yield _("Period: %(period)s") % {"period": period(chosen.span)}
    if chosen.before is not None:
        before = period(chosen.before.span)
        yield _("Compared with the period before: %(period)s") % {"period": before}


def _inside(found: Report) -> Iterator[str]:
    chosen = found.chosen
    if found.split:
        yield _("Split by: %(name)s") % {"name": found.split.label}
    if name := _segment(chosen):
        yield _("Segment: %(name)s") % {"name": name}
    if chosen.latest_only:
        yield _("Of each person the latest answer counts")


def _segment(chosen: Chosen) -> str:
    """Empty where it is none that the reader may use: then nobody counts."""
    record_type = reach.about(chosen.survey, chosen.access.snapshot)
    if not chosen.asked.segment or record_type is None:
        return ""
    known = {segment.key: segment.label for segment in usable(chosen.access, record_type)}
    return known.get(chosen.asked.segment, "")


def period(span: Span) -> str:
    first, last = (day and date_format(day, "SHORT_DATE_FORMAT") for day in (span.first, span.last))
    if first and last:
        return _("%(first)s to %(last)s") % {"first": first, "last": last}
    if first:
        return _("from %(first)s") % {"first": first}
    return _("until %(last)s") % {"last": last} if last else _("all the time")
