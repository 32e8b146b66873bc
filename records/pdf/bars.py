"""Bar charts: each bar with its name and its figures, so that nothing is told by length or colour alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from records.pdf.sheet import Sheet
from records.pdf.table import Column, Mark, table


@dataclass(frozen=True)
class Bar:
    """`share` of the whole is from 0 to 1."""

    label: str
    share: float
    figure: str
    n: str = ""
    tone: str = ""


def bars(sheet: Sheet, found: Iterable[Bar], *, heads: tuple[str, str, str]) -> None:
    """`heads` name the labels, the figures and the numbers."""
    label, figure, n = heads
    columns = [
        Column(label, 4),
        Column("", 4),
        Column(figure, 1.6, number=True),
        Column(n, 1, number=True),
    ]
    rows = ([bar.label, Mark(bar.share, bar.tone), bar.figure, bar.n] for bar in found)
    table(sheet, columns, rows, ruled=False)
