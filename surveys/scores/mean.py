"""A mean with its standard error, from sums that parts can be added up by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

from surveys.scores.normal import Z95
from surveys.scores.z_test import Difference, means


@dataclass(frozen=True)
class Mean:
    """`total` and `squares` are the sums of the values and of their squares."""

    n: int = 0
    total: float = 0.0
    squares: float = 0.0

    @classmethod
    def of(cls, counts: Mapping[float, int]) -> Mean:
        """From how often each value was given."""
        return cls(
            sum(counts.values()),
            float(sum(value * count for value, count in counts.items())),
            float(sum(value * value * count for value, count in counts.items())),
        )

    def __add__(self, other: Mean) -> Mean:
        return Mean(self.n + other.n, self.total + other.total, self.squares + other.squares)

    @property
    def value(self) -> float | None:
        return self.total / self.n if self.n else None

    @property
    def error(self) -> float | None:
        """The standard error, by the sample's variance over n - 1; None of fewer than two."""
        if self.n < 2:
            return None
        variance = (self.squares - self.total**2 / self.n) / (self.n - 1)
        return sqrt(max(variance, 0) / self.n)

    @property
    def margin(self) -> float | None:
        return None if self.error is None else Z95 * self.error

    @property
    def low(self) -> float | None:
        return None if self.value is None or self.margin is None else self.value - self.margin

    @property
    def high(self) -> float | None:
        return None if self.value is None or self.margin is None else self.value + self.margin

    def since(self, before: Mean) -> Difference | None:
        if self.value is None or before.value is None:
            return None
        return means(self.value, self.error, before.value, before.error)
