"""Summaries as files: that of somebody's own page, and that of a shared link."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from surveys.results import reach
from surveys.results.chosen import Chosen
from surveys.results.exporting import may_export
from surveys.results.files import File, file_name
from surveys.results.report import Numbers, numbers, report
from surveys.results.summary.document import summary
from surveys.results.verbatims import Sayings, sayings

PDF = "pdf"
CONTENT_TYPE = "application/pdf"


def summary_file(chosen: Chosen, *, with_words: bool = False) -> File:
    """Figures alone, which whoever reads the page may have. `with_words`: also what people said, as far as the
    reader may take single answers along; else it is left out."""
    said = _taken_along(chosen) if with_words and may_take_words(chosen) else None
    return _file(report(chosen), said)


def shared_file(chosen: Chosen) -> File:
    return _file(numbers(chosen))


def may_take_words(chosen: Chosen) -> bool:
    """As rows of a file, single answers are taken along by those who may export; of anonymous surveys by nobody."""
    return not chosen.survey.is_anonymous and may_export(chosen.survey, chosen.access)


def _taken_along(chosen: Chosen) -> Mapping[str, Sayings]:
    """Of those records alone that may be exported."""
    may = reach.reached(chosen.survey, chosen.access, action="export")
    found = replace(chosen)
    found.__dict__["questions"] = chosen.questions
    found.__dict__["rows"] = chosen.rows.filter(may)
    return sayings(found)


def _file(found: Numbers, said: Mapping[str, Sayings] | None = None) -> File:
    return File(file_name(found.chosen, PDF), summary(found, said), CONTENT_TYPE)
