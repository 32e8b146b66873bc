"""PDF documents read back by another program than the one that wrote them."""

from __future__ import annotations

import io
from typing import Any

from pypdf import PdfReader


def read(made: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(made))


def pages_of(made: bytes) -> list[str]:
    """Their text, with single spaces."""
    return [" ".join(page.extract_text().split()) for page in read(made).pages]


def text_of(made: bytes) -> str:
    return " ".join(pages_of(made))


def outline_of(made: bytes) -> list[Any]:
    """Titles, with lists of those below them."""

    def titles(found: Any) -> list[Any]:
        return [titles(each) if isinstance(each, list) else each.title for each in found]

    return titles(read(made).outline)
