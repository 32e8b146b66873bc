"""The file formats, one module each, on the format classes of django-import-export."""

from records.imports.formats.base import TableFormat
from records.imports.formats.registry import FORMATS, named, of_file

__all__ = ["FORMATS", "TableFormat", "named", "of_file"]
