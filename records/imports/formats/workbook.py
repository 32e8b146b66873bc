"""What calamine does not tell about a workbook: whether it is a bomb, and which cells hold errors.

Calamine gives an empty text for `#N/A` and for a formula that no spreadsheet has calculated yet. Taking
those for empty cells would lose data without a word, so the sheet's XML is asked for them.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext as _

from records.imports.errors import FileRefused
from records.imports.limits import MAX_UNPACKED

Troubles = Mapping[int, list[tuple[int, str]]]

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_PLACE = re.compile(rb'\br="([A-Z]+)([0-9]+)"')
_VALUE = re.compile(rb"<(?:\w+:)?v>(.*?)</", re.DOTALL)
_SUSPECT = re.compile(rb'\bt="e"|<(?:\w+:)?f[ >/]')
_PIECE = 1024 * 1024


def refuse_bomb(content: bytes) -> None:
    """Unpacks everything piece by piece, and stops where it is more than a table can be.

    The sizes that a zip file declares are not believed; reading stops at them, and its checksum tells.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(info.file_size for info in packed.infolist()) > MAX_UNPACKED:
                raise _too_large()
            unpacked = 0
            for info in packed.infolist():
                with packed.open(info) as part:
                    while piece := part.read(_PIECE):
                        unpacked += len(piece)
                        if unpacked > MAX_UNPACKED:
                            raise _too_large()
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise FileRefused(
            "workbook", _("The workbook is damaged or locked: save it as XLSX once more.")
        ) from error


def _too_large() -> FileRefused:
    return FileRefused(
        "bomb",
        _("Unpacked, the workbook is larger than %(most)s MB: split it, or save it as CSV.")
        % {"most": MAX_UNPACKED // (1024 * 1024)},
    )


def troubled_cells(content: bytes, sheet: str) -> Troubles:
    """Cells that hold an error or a formula without a result, by row: column (from zero) and reason."""
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        path = _path_of(packed, sheet)
        xml = packed.read(path) if path else b""
    if not _SUSPECT.search(xml):
        return found
    for attributes, inner in _CELL.findall(xml):
        place = _PLACE.search(attributes)
        if place and (why := _trouble(attributes, inner)):
            found[int(place[2])].append((_column(place[1]), why))
    return found


def _trouble(attributes: bytes, inner: bytes) -> str:
    value = _VALUE.search(inner)
    if b't="e"' in attributes:
        name = value[1].decode("ascii", "replace") if value else "#?"
        return _("the cell shows the error %(name)s") % {"name": name}
    if b"<f" in inner and value is None and b't="str"' not in attributes:
        return _("the formula was never calculated: open and save the file in a spreadsheet")
    return ""


def _path_of(packed: zipfile.ZipFile, sheet: str) -> str:
    """Where the sheet's XML is in the file, or nothing."""
    names = set(packed.namelist())
    book, relations = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
    if not {book, relations} <= names:
        return ""
    for entry in _parsed(packed.read(book)).iter(f"{_MAIN}sheet"):
        if entry.get("name") == sheet:
            wanted = entry.get(_RELATION)
            break
    else:
        return ""
    for entry in _parsed(packed.read(relations)):
        if entry.get("Id") == wanted:
            target = (entry.get("Target") or "").removeprefix("/")
            path = target if target.startswith("xl/") else f"xl/{target}"
            return path if path in names else ""
    return ""


def _parsed(xml: bytes) -> Element:
    try:
        parsed: Element = ElementTree.fromstring(xml)
    except (ElementTree.ParseError, DefusedXmlException) as error:
        raise FileRefused(
            "workbook", _("The workbook is damaged or locked: save it as XLSX once more.")
        ) from error
    return parsed


def _column(letters: bytes) -> int:
    number = 0
    for each in letters:
        number = number * 26 + each - 64
    return number - 1
