"""The interval of a share that a sample shows.

Wilson, E. B. (1927), "Probable inference, the law of succession, and statistical inference", Journal of the American
Statistical Association 22, 209-212; method 3 in Newcombe, R. G. (1998), "Two-sided confidence intervals for the single
proportion", Statistics in Medicine 17, 857-872. It holds for few answers too, and never leaves 0 to 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from surveys.scores.normal import Z95


@dataclass(frozen=True)
class Share:
    """`count` of `n`. `value`, `low` and `high` are from 0 to 1, None of nothing."""

    count: int = 0
    n: int = 0

    def __add__(self, other: Share) -> Share:
        return Share(self.count + other.count, self.n + other.n)

    @property
    def value(self) -> float | None:
        return self.count / self.n if self.n else None

    @property
    def low(self) -> float | None:
        return interval(self.count, self.n)[0] if self.n else None

    @property
    def high(self) -> float | None:
        return interval(self.count, self.n)[1] if self.n else None


def interval(count: int, n: int, *, z: float = Z95) -> tuple[float, float]:
    """The lowest and the highest share that go with the sample. `n` is at least 1."""
    p, square = count / n, z * z
    middle = (p + square / (2 * n)) / (1 + square / n)
    half = z * sqrt(p * (1 - p) / n + square / (4 * n * n)) / (1 + square / n)
    # At the ends rounding would leave the unit interval by a hair, or the share itself.
    return max(0.0, min(middle - half, p)), min(1.0, max(middle + half, p))
