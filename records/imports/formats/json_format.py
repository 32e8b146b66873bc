"""JSON: a list of objects, alone or under one key; or one object in each line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.formats.base_formats import JSON

from records.imports import encodings
from records.imports.errors import FileRefused
from records.imports.formats.base import TableFormat
from records.imports.settings import FileSettings
from records.imports.table import Line

Objects = list[dict[str, Any]]


class JsonFormat(TableFormat, JSON):
    """Its first line are the keys of all objects, in the order in which they come up."""

    key = "json"
    label = gettext_lazy("JSON")
    suffixes = (".json", ".jsonl", ".ndjson")

    def holds(self, content: bytes, name: str) -> bool:
        head = content[:1000].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")
        return head[:1] in (b"[", b"{")

    def settle(self, content: bytes, settings: FileSettings) -> FileSettings:
        encoding = settings.encoding or encodings.detect(content)
        return replace(settings, format=self.key, encoding=encoding, delimiter="", heading_row=1)

    def lines(self, content: bytes, settings: FileSettings) -> Iterator[Line]:
        objects = read(encodings.decode(content, settings.encoding))
        keys = list(dict.fromkeys(key for each in objects for key in each))
        if objects and not keys:
            raise FileRefused("no_headings", _("The objects in the file are empty."))
        yield from ([Line(1, list(keys))] if keys else [])
        for number, each in enumerate(objects, start=2):
            yield Line(number, [each.get(key) for key in keys])


def read(text: str) -> Objects:
    """The objects. Raises `FileRefused`."""
    try:
        return _objects(json.loads(text, parse_constant=_refuse_constant))
    except json.JSONDecodeError as error:
        by_line = _by_line(text)
        if by_line is None:
            raise FileRefused(
                "json",
                _("This is not JSON: line %(line)s, column %(column)s cannot be read.")
                % {"line": error.lineno, "column": error.colno},
            ) from error
        return by_line
    except RecursionError as error:
        raise FileRefused("json", _("The file is nested too deeply to be a table.")) from error


def _refuse_constant(name: str) -> None:
    raise FileRefused(
        "json", _("JSON knows no %(name)s: leave such values empty.") % {"name": name}
    )


def _by_line(text: str) -> Objects | None:
    """One object in each line, or None."""
    try:
        found = [json.loads(line) for line in text.splitlines() if line.strip()]
    except (json.JSONDecodeError, RecursionError):
        return None
    return found if all(isinstance(each, dict) for each in found) else None


def _objects(read: Any) -> Objects:
    if isinstance(read, dict):
        lists = [value for value in read.values() if isinstance(value, list)]
        read = lists[0] if len(lists) == 1 else [read]
    if not isinstance(read, list) or not all(isinstance(each, dict) for each in read):
        raise FileRefused(
            "json", _("Give a list of objects: each object is a record, each key a column.")
        )
    return read
