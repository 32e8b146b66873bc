"""How values look in a list: one line each."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from crm_config.definitions import FieldDef
from records.selectors import RecordView
from records.selectors.names import record_url
from records.templatetags.records_tags import person, when

LONGEST = 120


@dataclass(frozen=True)
class Cell:
    field: FieldDef
    html: SafeString | str
    classname: str = ""


@dataclass(frozen=True)
class Row:
    record: RecordView
    cells: list[Cell]

    @property
    def url(self) -> str:
        return record_url(self.record.id)

    @property
    def preview_url(self) -> str:
        return reverse("records:preview", args=[self.record.id])


def rows_of(records: list[RecordView], columns: list[FieldDef]) -> list[Row]:
    """The title stands by itself before the cells."""
    shown = [f for f in columns if f.key != "title"]
    return [Row(record, [cell(record, f) for f in shown]) for record in records]


def cell(record: RecordView, f: FieldDef) -> Cell:
    value = record.value(f.key)
    if value is None:
        return Cell(f, "", "r-cell--empty")
    if f.type.kind == "user":
        return Cell(f, person(record.display(f.key)), "r-cell--person")
    if f.type.kind == "datetime":
        return Cell(f, when(value), "r-cell--short")
    if f.type.storage == "long_data":
        text = Truncator(record.display(f.key)).chars(LONGEST)
        return Cell(f, format_html("{}", text), "r-cell--long")
    if f.type.group == "file":
        return Cell(f, record.display(f.key))
    return Cell(f, record.render(f.key), _classname(f))


def _classname(f: FieldDef) -> str:
    if f.type.numeric:
        return "r-number"
    short = f.type.group == "time" or f.type.kind in ("choice", "phone")
    return "r-cell--short" if short else "r-cell--text"
