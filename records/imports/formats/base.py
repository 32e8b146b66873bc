"""What a file format does here beyond what django-import-export asks of one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, ClassVar

import tablib
from django.utils.translation import gettext as _
from import_export.formats.base_formats import Format

from crm_config.field_types.base import Text
from records.imports.errors import FileRefused
from records.imports.settings import FileSettings
from records.imports.table import Line, Table, tabulate


class TableFormat(Format):
    """Mixed into a format of django-import-export: reads as lines, so that rows keep their numbers and
    say what is wrong with them, and finds out by itself how a file is to be read."""

    key: ClassVar[str]
    label: ClassVar[Text]
    suffixes: ClassVar[tuple[str, ...]]
    settings = FileSettings()

    def holds(self, content: bytes, name: str) -> bool:
        """Whether the file seems to be of this format."""
        raise NotImplementedError

    def settle(self, content: bytes, settings: FileSettings) -> FileSettings:
        """The settings, with what they leave open found out from the file. Raises `FileRefused`."""
        return replace(settings, format=self.key)

    def lines(self, content: bytes, settings: FileSettings) -> Iterator[Line]:
        """The file's lines, for settings that are settled. Raises `FileRefused`."""
        raise NotImplementedError

    def table(self, content: bytes, settings: FileSettings) -> tuple[Table, FileSettings]:
        """The table, and the settings it was read with."""
        if not content.strip(b"\x00 \t\r\n"):
            raise FileRefused("empty", _("The file is empty."))
        settled = self.settle(content, settings)
        table = tabulate(self.lines(content, settled), settled.heading_row)
        return table, replace(settled, heading_row=table.heading_row)

    def create_dataset(self, in_stream: bytes, **kwargs: Any) -> tablib.Dataset:
        """The whole file at once, as django-import-export asks for it."""
        table, _settings = self.table(in_stream, self.settings)
        return tablib.Dataset(*(row.cells for row in table.rows), headers=table.headings)
