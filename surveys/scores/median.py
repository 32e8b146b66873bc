"""The median of values of which it is known how often each occurs."""

from __future__ import annotations

from collections.abc import Mapping


def median(counts: Mapping[float, int]) -> float | None:
    """The middle one, or the mean of the two in the middle; None of nothing."""
    n = sum(counts.values())
    if not n:
        return None
    return (_at(counts, (n - 1) // 2) + _at(counts, n // 2)) / 2


def _at(counts: Mapping[float, int], place: int) -> float:
    """The value at a place of the sorted row, the first being 0."""
    passed = 0
    for value in sorted(counts):
        passed += counts[value]
        if passed > place:
            return float(value)
    raise IndexError(place)
