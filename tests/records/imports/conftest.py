"""Imports as tests make them: a file's text, a mapping, and the job run in this process."""

import io
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from crm_config.models import User
from jobs.services import run_pending
from records.access import Access
from records.imports import chunks, mapping, services
from records.imports.outcomes import RowOutcome
from records.models import ImportRun

SALES = Path(__file__).parents[2] / "data" / "sales"


@pytest.fixture(autouse=True)
def _media(settings: Any, tmp_path: Path) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path
    yield


def columns(*pairs: Any, **more: Any) -> dict[str, Any]:
    """A mapping's JSON: pairs of heading and field, or whole columns."""
    listed = [p if isinstance(p, Mapping) else {"column": p[0], "field": p[1]} for p in pairs]
    return {"format": 1, "columns": listed, **more}


def begin(
    user: User | None, content: str | bytes, raw: Mapping[str, Any], name: str = "file.csv"
) -> ImportRun:
    data = content.encode() if isinstance(content, str) else content
    access = Access.of(user) if user else Access.system()
    chosen = mapping.load(raw)
    return services.begin(
        access=access, name=name, content=data, type_key=chosen.type, mapping=chosen
    )


def dry(
    user: User | None, content: str | bytes, raw: Mapping[str, Any], name: str = "file.csv"
) -> ImportRun:
    """Begun and tried out."""
    run = begin(user, content, raw, name)
    services.try_out(run)
    run_pending()
    run.refresh_from_db()
    assert run.state == ImportRun.State.CHECKED, run.error or (run.job and run.job.trace)
    return run


def real(
    user: User | None, content: str | bytes, raw: Mapping[str, Any], name: str = "file.csv"
) -> ImportRun:
    """Tried out, then run."""
    return finish(dry(user, content, raw, name))


def finish(run: ImportRun) -> ImportRun:
    services.start(run)
    run_pending()
    run.refresh_from_db()
    assert run.state == ImportRun.State.DONE, run.error or (run.job and run.job.trace)
    return run


def outcomes(run: ImportRun) -> dict[int, RowOutcome]:
    """By the row's number in the file."""
    return {row[0]: RowOutcome.load(raw) for row, raw in chunks.outcomes_of(run)}


def statuses(run: ImportRun) -> list[str]:
    return [outcome.status for outcome in outcomes(run).values()]


def codes(run: ImportRun) -> dict[int, list[str]]:
    """The codes of faults, of the rows that have any."""
    return {
        row: [f.code for f in found.faults] for row, found in outcomes(run).items() if found.faults
    }


def workbook(*rows: list[Any], change: Callable[[Any], None] | None = None) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    if change:
        change(book.active)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def sales_mapping(name: str) -> dict[str, Any]:
    return json.loads((SALES / f"{name}.mapping.json").read_text())


def sales_file(name: str) -> bytes:
    return (SALES / f"{name}.csv").read_bytes()
