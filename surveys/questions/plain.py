"""Answers to items that are no questions of ours: consents and hidden values."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from forms_builder.items.base import Place
from forms_builder.items.registry import ITEMS
from surveys.questions.base import AnswerRow


def plain_rows(place: Place, value: Any) -> Iterator[AnswerRow]:
    kind = ITEMS.get(place.item.kind)
    f = kind.field(place) if kind else None
    if isinstance(value, int | float | Decimal):
        yield AnswerRow(number=float(value))
    elif f is not None and f.type.has_choices:
        for key in value if isinstance(value, list | tuple) else (value,):
            yield AnswerRow(option=str(key))
    elif f is not None:
        yield AnswerRow(text=f.type.to_text(f, value))
