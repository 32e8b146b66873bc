"""Results as tables for other programs: every response in a row, or of an anonymous survey the counts alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import tablib
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.access import Access
from records.exports.build import FORMATS as TABLES
from records.exports.cells import harmless
from records.selectors.names import link_labels
from surveys.definitions import SurveyDef
from surveys.models import Answer, Response
from surveys.results import reach
from surveys.results.chosen import Chosen
from surveys.results.distributions import distributions
from surveys.results.files import File, file_name
from surveys.results.one import shown
from surveys.results.questions import Question

FORMATS: Mapping[str, Any] = {
    **{key: label for key, (label, _format) in TABLES.items()},
    "json": gettext_lazy("JSON"),
}
CHUNK = 1_000
#: A workbook is made in memory.
MOST = 200_000

Cell = str | float | int | None


def may_export(survey: SurveyDef, access: Access) -> bool:
    record_type = reach.about(survey, access.snapshot)
    if record_type is None or not reach.may_read(survey, access):
        return False
    return reach.reads_nobodys(survey, access) or access.may("export", record_type)


def size_of(chosen: Chosen) -> int:
    """How many rows a file has; none to speak of where it holds counts alone."""
    if chosen.survey.is_anonymous:
        return 0
    return _taken_along(chosen).count()


def export(chosen: Chosen, wanted: str, report: Callable[[int], None] | None = None) -> File:
    """Of those responses whose records may be exported. `wanted` is one of `FORMATS`; `report` is told how many rows
    there are so far."""
    headings, rows = counts(chosen) if chosen.survey.is_anonymous else responses(chosen)
    rows = _counted(rows, report)
    if wanted == "json":
        said = [dict(zip(headings, row, strict=True)) for row in rows]
        text = json.dumps(said, ensure_ascii=False, indent=1)
        return File(file_name(chosen, "json"), text.encode(), "application/json")
    data = tablib.Dataset(headers=[harmless(each) for each in headings])
    for row in rows:
        data.append([harmless(cell) if isinstance(cell, str) else cell for cell in row])
    made_by = TABLES[wanted][1]()
    made = made_by.export_data(data)
    content = made if isinstance(made, bytes) else b"\xef\xbb\xbf" + made.encode()
    return File(file_name(chosen, wanted), content, str(made_by.get_content_type()))


def _counted(
    rows: Iterable[list[Cell]], report: Callable[[int], None] | None
) -> Iterator[list[Cell]]:
    for number, row in enumerate(rows, start=1):
        if report is not None:
            report(number)
        yield row


def counts(chosen: Chosen) -> tuple[list[str], Iterable[list[Cell]]]:
    """Question by question, those that may be shown."""
    headings = [_("Question"), _("Row"), _("Answer"), _("Count"), _("Answered"), _("Share in %")]
    rows: list[list[Cell]] = []
    for found in distributions(chosen):
        for part in found.parts:
            for bar in part.bars:
                share = None if bar.share.value is None else round(100 * bar.share.value, 2)
                rows.append([found.question.label, part.label, bar.label, bar.n, part.n, share])
    return headings, rows


def responses(chosen: Chosen) -> tuple[list[str], Iterable[list[Cell]]]:
    """The newest first."""
    questions = [q for q in chosen.questions.values() if q.n and not q.is_points]
    headings = [_("Response"), _("Completed"), _("About"), _("Answered by"), _("Language")]
    headings += _apart([*headings, _("Score")], questions)
    return [*headings[:5], _("Score"), *headings[5:]], _rows(chosen, questions)


def _apart(taken: Sequence[str], questions: Sequence[Question]) -> list[str]:
    """Two questions of one name are told apart by their keys."""
    labels = [question.label for question in questions]
    return [
        f"{q.label} ({q.key})" if labels.count(q.label) > 1 or q.label in taken else q.label
        for q in questions
    ]


def _rows(chosen: Chosen, questions: Sequence[Question]) -> Iterator[list[Cell]]:
    rows = _taken_along(chosen).order_by("-pk")
    last: int | None = None
    for _chunk in range(MOST // CHUNK):
        page = rows if last is None else rows.filter(pk__lt=last)
        found = list(page[:CHUNK])
        if not found:
            return
        yield from _lines(found, questions, chosen)
        last = found[-1].pk


def _taken_along(chosen: Chosen) -> QuerySet[Response]:
    return chosen.rows.filter(reach.reached(chosen.survey, chosen.access, action="export"))


def _lines(
    found: Sequence[Response], questions: Sequence[Question], chosen: Chosen
) -> Iterator[list[Cell]]:
    answers: dict[tuple[int, str], list[Answer]] = {}
    for answer in Answer.objects.filter(response__in=[row.pk for row in found]).order_by("pk"):
        answers.setdefault((answer.response_id, answer.question), []).append(answer)
    ids = {pk for row in found for pk in (row.record_id, row.person_id) if pk}
    names = link_labels(ids, access=chosen.access)
    titles = {pk: label.title for pk, label in names.items() if label.visible}
    for row in found:
        at = row.completed_at
        yield [
            row.pk,
            at.astimezone(chosen.access.tz).isoformat(timespec="minutes") if at else "",
            titles.get(row.record_id or 0, ""),
            titles.get(row.person_id or 0, ""),
            row.language,
            row.score,
            *(_cell(answers.get((row.pk, q.key), ()), q) for q in questions),
        ]


def _cell(answers: Sequence[Answer], question: Question) -> Cell:
    if len(answers) == 1 and answers[0].number is not None and not answers[0].option:
        number = answers[0].number
        return int(number) if number.is_integer() else number
    return "; ".join(shown(answer, question) for answer in answers)
