"""Texts with merge fields: `{{ name }}`, `{{ customer.name }}`, filled with what one reader may read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from crm_config.definitions import TypeDef
from records.errors import NotVisible
from records.selectors import reading
from records.selectors.reading import RecordView

FIELD = re.compile(r"\{\{\s*([a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*)\s*\}\}")


def unknown_fields(texts: Iterable[str], record_type: TypeDef) -> Iterator[str]:
    """Those that the type does not have."""
    for text in texts:
        for path in FIELD.findall(text):
            if path.split(".")[0] not in record_type.all_fields:
                yield path


def merged(text: str, view: RecordView) -> str:
    """What may not be read stays empty."""
    return FIELD.sub(lambda found: _shown(view, found[1]), text)


def _shown(view: RecordView, path: str) -> str:
    *steps, last = path.split(".")
    try:
        for step in steps:
            ids = view.value(step)
            if not ids:
                return ""
            view = reading.get(ids[0], access=view.access)
        return view.display(last)
    except (KeyError, NotVisible):
        return ""
