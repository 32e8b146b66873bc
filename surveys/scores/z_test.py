"""Whether two samples differ by more than chance would make them.

For proportions the pooled test; for means (of which NPS is one, of scores +1, 0 and -1) each with its own variance.
Both in any textbook: Agresti and Franklin, "Statistics", chapter 10.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from surveys.scores.normal import two_sided

#: Below this probability a difference is taken for more than chance.
LEVEL = 0.05


@dataclass(frozen=True)
class Difference:
    """`z` is None where the samples say nothing about it."""

    change: float
    z: float | None

    @property
    def p(self) -> float | None:
        return None if self.z is None else two_sided(self.z)

    @property
    def more_than_chance(self) -> bool:
        return self.p is not None and self.p < LEVEL


def proportions(count: int, n: int, count_before: int, n_before: int) -> Difference | None:
    """None where one of them is empty. The change is from 0 to 1."""
    if not n or not n_before:
        return None
    pooled = (count + count_before) / (n + n_before)
    change = count / n - count_before / n_before
    error = sqrt(pooled * (1 - pooled) * (1 / n + 1 / n_before))
    return Difference(change, change / error if error else None)


def means(
    mean: float, error: float | None, before: float, error_before: float | None
) -> Difference:
    """Of two means with their standard errors; None where one answer alone shows no spread."""
    change = mean - before
    if error is None or error_before is None:
        return Difference(change, None)
    both = sqrt(error**2 + error_before**2)
    return Difference(change, change / both if both else None)
