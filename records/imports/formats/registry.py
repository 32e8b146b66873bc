"""Which formats there are, and which one a file is of."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from records.imports.errors import FileRefused
from records.imports.formats.base import TableFormat
from records.imports.formats.csv_format import CsvFormat
from records.imports.formats.json_format import JsonFormat
from records.imports.formats.xlsx_format import XlsxFormat

#: In the order in which a file is tried: any text might be CSV.
FORMATS: Mapping[str, TableFormat] = {
    made.key: made for made in (XlsxFormat(), JsonFormat(), CsvFormat())
}

_OLD_WORKBOOK = b"\xd0\xcf\x11\xe0"


def named(key: str) -> TableFormat:
    """Raises `FileRefused`."""
    try:
        return FORMATS[key]
    except KeyError:
        raise FileRefused(
            "format",
            _("There is no format “%(key)s”. Known: %(known)s.")
            % {"key": key, "known": ", ".join(FORMATS)},
        ) from None


def of_file(content: bytes, name: str) -> TableFormat:
    """The format of a file, by its content rather than its name. Raises `FileRefused`."""
    if content.startswith(_OLD_WORKBOOK):
        raise FileRefused(
            "old_workbook",
            _("This is a workbook of an old kind, or one with a password: save it as XLSX."),
        )
    for each in FORMATS.values():
        if each.holds(content, name):
            return each
    raise FileRefused(
        "format", _("This is neither CSV, XLSX nor JSON: save the table as one of these.")
    )
