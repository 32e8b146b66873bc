"""The Net Promoter Score: the percentage of promoters (9 and 10) less that of detractors (0 to 6).

Reichheld, F. F. (2003), "The one number you need to grow", Harvard Business Review 81(12), 46-54. It is the mean of
scores +1, 0 and -1, so that its variance is p + d - (p - d)²: Rocks, B. (2016), "Interval estimation for the Net
Promoter Score", The American Statistician 70(4), 365-372.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

from surveys.scores.normal import Z95
from surveys.scores.z_test import Difference, means

PROMOTERS = 9
PASSIVES = 7
HIGHEST = 10


@dataclass(frozen=True)
class Nps:
    """In points, from -100 to 100."""

    promoters: int = 0
    passives: int = 0
    detractors: int = 0

    @classmethod
    def of(cls, counts: Mapping[float, int]) -> Nps:
        """From how often each answer was given; what is not on the scale is passed over."""
        found = [0, 0, 0]
        for answer, count in counts.items():
            if 0 <= answer <= HIGHEST:
                found[0 if answer >= PROMOTERS else 1 if answer >= PASSIVES else 2] += count
        return cls(*found)

    def __add__(self, other: Nps) -> Nps:
        return Nps(
            self.promoters + other.promoters,
            self.passives + other.passives,
            self.detractors + other.detractors,
        )

    @property
    def n(self) -> int:
        return self.promoters + self.passives + self.detractors

    @property
    def value(self) -> float | None:
        return 100 * (self.promoters - self.detractors) / self.n if self.n else None

    @property
    def error(self) -> float | None:
        """The standard error, in points."""
        if not self.n:
            return None
        p, d = self.promoters / self.n, self.detractors / self.n
        return 100 * sqrt(max(p + d - (p - d) ** 2, 0) / self.n)

    @property
    def margin(self) -> float | None:
        return None if self.error is None else Z95 * self.error

    @property
    def low(self) -> float | None:
        return None if self.value is None else max(-100.0, self.value - (self.margin or 0))

    @property
    def high(self) -> float | None:
        return None if self.value is None else min(100.0, self.value + (self.margin or 0))

    def since(self, before: Nps) -> Difference | None:
        if self.value is None or before.value is None:
            return None
        return means(self.value, self.error, before.value, before.error)
