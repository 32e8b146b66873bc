"""The form of a whole record, under the company's headings: fields to fill in and facts to read."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms

from crm_config.definitions import FieldDef, TypeDef
from records.forms.record import RecordForm
from records.forms.sections import by_section
from records.selectors import RecordView


@dataclass(frozen=True)
class Line:
    """A field to fill in (`bound`), or one to read (`html`)."""

    field: FieldDef
    bound: forms.BoundField | None = None
    html: str = ""


@dataclass(frozen=True)
class FormSection:
    key: str
    label: str
    lines: list[Line]


def form_sections(
    record_type: TypeDef, form: RecordForm, record: RecordView | None = None
) -> list[FormSection]:
    """What may be read but not written stands among the rest as text, where it has a value. None of one that was
    laid out: it has its own."""
    if form.laid_out:
        return []
    shown = [f for f in record_type.active if f.key in form.fields or _readable(record, f)]
    return [
        FormSection(s.key or "main", s.label, [_line(f, form, record) for f in s.fields])
        for s in by_section(record_type, shown)
    ]


def people_lines(record_type: TypeDef, form: RecordForm) -> list[Line]:
    """Owner and team, where they may be given."""
    if form.laid_out:
        return []
    return [
        Line(record_type.system[key], form[key]) for key in ("owner", "team") if key in form.fields
    ]


def _readable(record: RecordView | None, f: FieldDef) -> bool:
    return record is not None and f in record.fields and record.value(f.key) is not None


def _line(f: FieldDef, form: RecordForm, record: RecordView | None) -> Line:
    if f.key in form.fields:
        return Line(f, bound=form[f.key])
    return Line(f, html=record.render(f.key) if record else "")
