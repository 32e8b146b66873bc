"""Bar charts: each bar with its name and its figures, so that nothing is told by length or colour alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from records.pdf.sheet import Sheet
from records.pdf.table import Cell, Column, Mark, table


@dataclass(frozen=True)
class Bar:
    """`share` of the whole is from 0 to 1."""

    label: str
    share: float
    figures: Sequence[str]
    tone: str = ""


def bars(
    sheet: Sheet, found: Iterable[Bar], *, label: Column, figures: Sequence[Column], wide: float = 3
) -> None:
    """Between label and figures stand the bars, over such a part of the width."""
    columns = [label, Column("", wide), *figures]
    table(sheet, columns, map(_row, found), ruled=False)


def _row(bar: Bar) -> list[Cell]:
    return [bar.label, Mark(bar.share, bar.tone), *bar.figures]
