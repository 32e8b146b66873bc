"""Texts cut into lines of a width. Pure: how wide a text is, its caller says."""

from __future__ import annotations

from collections.abc import Callable, Iterator

Measure = Callable[[str], float]


def wrapped(text: str, width: float, measure: Measure) -> list[str]:
    """At spaces; a word that is wider than a line is cut. One line at least."""
    return [line for part in text.split("\n") for line in _lines(part, width, measure)]


def _lines(text: str, width: float, measure: Measure) -> list[str]:
    space = measure(" ")
    lines: list[str] = []
    line: list[str] = []
    taken = 0.0
    # Spaces that hold words together do so.
    for word in filter(None, text.split(" ")):
        for piece in _pieces(word, width, measure):
            wide = measure(piece)
            if line and taken + space + wide > width:
                lines.append(" ".join(line))
                line, taken = [], 0.0
            taken += wide + (space if line else 0)
            line.append(piece)
    return [*lines, " ".join(line)]


def _pieces(word: str, width: float, measure: Measure) -> Iterator[str]:
    if measure(word) <= width:
        yield word
        return
    piece, taken = "", 0.0
    for sign in word:
        wide = measure(sign)
        if piece and taken + wide > width:
            yield piece
            piece, taken = "", 0.0
        piece, taken = piece + sign, taken + wide
    yield piece
