"""How dates and numbers are written, told from the values themselves."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

DateOrder = Literal["ymd", "dmy", "mdy"]
DecimalMark = Literal[".", ","]

_DATE = re.compile(r"([0-9]{1,4})([-./])([0-9]{1,2})\2([0-9]{1,4})(?:[T ].*)?\.?\Z")
#: Grouped or not, with one mark and digits after it.
_MARKED = re.compile(
    r"[^\d]*[+\-−]?[0-9]{1,3}(?:[ '’.,\u00a0\u202f]?[0-9]{3})*([.,])([0-9]+)[^\d]*\Z"
)


@dataclass(frozen=True)
class Guess:
    """`value` is None where nothing tells; `certain` where no value can be read otherwise."""

    value: str | None
    certain: bool


def date_order(values: Iterable[object]) -> Guess:
    """From a day above the twelfth. Where days and months both say so the majority wins, uncertain;
    where nothing says, ISO alone is certain."""
    votes: Counter[str] = Counter()
    for value in values:
        match = _DATE.match(value.strip()) if isinstance(value, str) else None
        if match:
            votes[_order(match[1], match[3], match[4])] += 1
    open_ones = votes.pop("", 0)
    year_first = votes.pop("ymd", 0)
    if votes:
        best = votes.most_common(1)[0][0]
        return Guess(best, certain=len(votes) == 1)
    if open_ones:
        return Guess(None, certain=False)
    return Guess("ymd" if year_first else None, certain=bool(year_first))


def _order(first: str, second: str, third: str) -> str:
    """The only order in which it is a date, or nothing where there are two."""
    if len(first) == 4:
        return "ymd"
    if int(first) > 12:
        return "dmy"
    return "mdy" if int(second) > 12 else ""


def decimal_mark(values: Iterable[object]) -> Guess:
    """The mark that stands last, or once with other than three digits after it."""
    votes: Counter[str] = Counter()
    seen_any = False
    for value in values:
        text = value.strip() if isinstance(value, str) else ""
        match = _MARKED.match(text)
        if not match:
            continue
        seen_any = True
        other = "," if match[1] == "." else "."
        grouped = other in text[: match.start(1)]
        if grouped or len(match[2]) != 3:
            votes[match[1]] += 1
        elif text.count(match[1]) > 1:
            votes[other] += 1
    if votes:
        return Guess(votes.most_common(1)[0][0], certain=len(votes) == 1)
    return Guess(None, certain=not seen_any)


_CURRENCY = r"(?:[€$£¥]|lei|zł|[A-Z]{3})"
_AMOUNT = r"[+\-−]?[0-9][0-9.,'’\s\u00a0\u202f]*"
#: Tried in this order; the names are those of field types.
_SHAPES: Sequence[tuple[str, re.Pattern[str]]] = tuple(
    (name, re.compile(pattern + r"\Z", re.IGNORECASE))
    for name, pattern in (
        ("phone", r"(?:\+|00)[\d\s()./-]{7,20}|0\d{8,14}"),
        ("integer", r"[+-]?[0-9]{1,15}"),
        ("email", r"[^@\s]+@[^@\s]+\.[^@\s]+"),
        ("url", r"(?:https?://|www\.)\S+"),
        ("datetime", r"[0-9]{1,4}[-./][0-9]{1,2}[-./][0-9]{1,4}[T ][0-9]{1,2}:[0-9]{2}.*"),
        ("date", r"[0-9]{4}([-./])[0-9]{1,2}\1[0-9]{1,2}|[0-9]{1,2}([-./])[0-9]{1,2}\2[0-9]{4}\.?"),
        ("time", r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?"),
        ("boolean", r"true|false|yes|no|da|nu|ναι|όχι|tak|nie"),
        ("decimal", r"[+\-−]?[0-9]{1,3}(?:[.,'’ \u00a0\u202f]?[0-9]{3})*(?:[.,][0-9]+)?"),
        ("money", rf"{_CURRENCY}\s?{_AMOUNT}|{_AMOUNT}\s?{_CURRENCY}"),
        ("phone", r"[\d\s()./-]{7,20}"),
    )
)


def shape(value: object) -> str:
    """What one value looks like: the key of a field type, or `object` for what JSON nests."""
    if not isinstance(value, str):
        kinds = ((bool, "boolean"), (int, "integer"), (float, "decimal"))
        return next((name for kind, name in kinds if isinstance(value, kind)), "object")
    text = value.strip()
    for name, pattern in _SHAPES:
        if pattern.match(text):
            return name
    return "long_text" if len(text) > 200 or "\n" in text else "text"


def column_shape(values: Sequence[object]) -> str:
    """What at least nine values of ten look like; empty where there are none."""
    if not values:
        return ""
    votes = Counter(shape(value) for value in values)
    if votes.keys() <= {"integer", "decimal"} and len(votes) == 2:
        return "decimal"
    best, times = votes.most_common(1)[0]
    return best if times * 10 >= len(values) * 9 else "text"
