"""Text with delimiters: CSV and its kin."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import tablib
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.formats.base_formats import CSV

from records.imports import delimiters, encodings
from records.imports.errors import FileRefused
from records.imports.escaping import harmless, plain
from records.imports.formats.base import TableFormat
from records.imports.limits import MAX_FILE
from records.imports.settings import FileSettings
from records.imports.table import Line

# The module's own limit of 128 KB would end the whole file; long cells are refused row by row.
csv.field_size_limit(MAX_FILE)


class CsvFormat(TableFormat, CSV):
    key = "csv"
    label = gettext_lazy("Text with delimiters (CSV)")
    suffixes = (".csv", ".tsv", ".txt")

    def holds(self, content: bytes, name: str) -> bool:
        return encodings.is_text(content) and not content.startswith(b"%PDF")

    def settle(self, content: bytes, settings: FileSettings) -> FileSettings:
        encoding = settings.encoding or encodings.detect(content)
        delimiter = settings.delimiter or delimiters.detect(encodings.decode(content, encoding))
        return replace(settings, format=self.key, encoding=encoding, delimiter=delimiter)

    def lines(self, content: bytes, settings: FileSettings) -> Iterator[Line]:
        text = io.StringIO(encodings.decode(content, settings.encoding), newline="")
        reader = csv.reader(text, delimiter=settings.delimiter, strict=True)
        number = 0
        try:
            for number, cells in enumerate(reader, start=1):
                yield Line(number, [plain(cell) for cell in cells])
        except csv.Error as error:
            raise FileRefused(
                "quotes",
                _(
                    "After row %(number)s a quotation mark is never closed, or stands in the middle of "
                    "a cell: mend the file, or choose another delimiter."
                )
                % {"number": number},
            ) from error

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> str:
        """With a byte order mark, by which spreadsheets know UTF-8, and with nothing that they would run."""
        safe = tablib.Dataset(
            *([harmless(cell) for cell in row] for row in dataset), headers=dataset.headers
        )
        text: str = super().export_data(safe, **kwargs)
        return "\ufeff" + text
