"""Workbooks: read by calamine, which is many times faster than openpyxl; written by openpyxl."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import tablib
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.formats.base_formats import XLSX
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from python_calamine import CalamineError, CalamineWorkbook

from records.imports import escaping
from records.imports.errors import FileRefused
from records.imports.formats import workbook
from records.imports.formats.base import TableFormat
from records.imports.settings import FileSettings
from records.imports.table import Line, letter

_WIDEST = 60


class XlsxFormat(TableFormat, XLSX):
    key = "xlsx"
    label = gettext_lazy("Excel workbook (XLSX)")
    suffixes = (".xlsx", ".xlsm")

    def holds(self, content: bytes, name: str) -> bool:
        return content.startswith(b"PK\x03\x04")

    def settle(self, content: bytes, settings: FileSettings) -> FileSettings:
        workbook.refuse_bomb(content)
        names = sheets(content)
        sheet = settings.sheet or names[0]
        if sheet not in names:
            raise FileRefused(
                "no_sheet",
                _("The workbook has no sheet “%(sheet)s”. It has: %(names)s.")
                % {"sheet": sheet, "names": ", ".join(names)},
            )
        return replace(settings, format=self.key, encoding="", delimiter="", sheet=sheet)

    def lines(self, content: bytes, settings: FileSettings) -> Iterator[Line]:
        troubles = workbook.troubled_cells(content, settings.sheet)
        with _opened(content) as book:
            for number, cells in enumerate(book.get_sheet_by_name(settings.sheet).iter_rows(), 1):
                told = [f"{letter(column)}: {why}" for column, why in troubles.get(number, ())]
                yield Line(number, [plain(cell) for cell in cells], told)

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> bytes:
        """Texts stay texts, whatever they begin with: no formula gets into the workbook."""
        book = Workbook(write_only=True)
        sheet = book.create_sheet((dataset.title or "Relata")[:31])
        sheet.freeze_panes = "A2"
        for place, width in enumerate(_widths(dataset)):
            sheet.column_dimensions[letter(place)].width = width
        sheet.append([_cell(sheet, heading, bold=True) for heading in dataset.headers])
        for row in dataset:
            sheet.append([_cell(sheet, value) for value in row])
        stream = io.BytesIO()
        book.save(stream)
        return stream.getvalue()


def _opened(content: bytes) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(content))
    except CalamineError as error:
        raise FileRefused(
            "workbook", _("The workbook cannot be opened: save it as XLSX once more.")
        ) from error


def sheets(content: bytes) -> list[str]:
    """The names of a workbook's sheets. Raises `FileRefused`."""
    with _opened(content) as book:
        names = [
            meta.name
            for meta in book.sheets_metadata
            if "WorkSheet" in str(meta.typ) and "Visible" in str(meta.visible)
        ]
        names = names or list(book.sheet_names)
    if not names:
        raise FileRefused("empty", _("The file is empty."))
    return names


def plain(cell: Any) -> Any:
    """A cell as JSON can keep it: days and times as ISO text, which every reading order takes as such."""
    if isinstance(cell, datetime):
        midnight = cell.time() == time()
        return cell.date().isoformat() if midnight else cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, str):
        return escaping.plain(cell) or None
    if isinstance(cell, timedelta):
        minutes, seconds = divmod(int(cell.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return int(cell)
    return cell


def _cell(sheet: Any, value: Any, *, bold: bool = False) -> WriteOnlyCell:
    if isinstance(value, str):
        value = escaping.as_text(ILLEGAL_CHARACTERS_RE.sub("", value))
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell


def _widths(dataset: tablib.Dataset) -> list[int]:
    rows = [dataset.headers, *dataset[:50]]
    longest = [max(len(str(cell or "")) for cell in column) for column in zip(*rows, strict=True)]
    return [min(max(8, length + 2), _WIDEST) for length in longest]
