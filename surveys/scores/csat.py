"""Customer satisfaction: the percentage of those who gave one of the two best of five steps.

Farris et al. (2010), "Marketing Metrics", 2.7; the interval is Wilson's, the comparison that of two proportions.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from surveys.scores.wilson import Share
from surveys.scores.z_test import Difference, proportions

STEPS = 5
#: From this step on somebody is satisfied.
SATISFIED = 4


@dataclass(frozen=True)
class Csat:
    """In percent."""

    satisfied: int = 0
    n: int = 0

    @classmethod
    def of(cls, counts: Mapping[float, int]) -> Csat:
        """From how often each step was given; what is not on the scale is passed over."""
        on_scale = {step: count for step, count in counts.items() if 1 <= step <= STEPS}
        best = sum(count for step, count in on_scale.items() if step >= SATISFIED)
        return cls(best, sum(on_scale.values()))

    def __add__(self, other: Csat) -> Csat:
        return Csat(self.satisfied + other.satisfied, self.n + other.n)

    @property
    def share(self) -> Share:
        return Share(self.satisfied, self.n)

    @property
    def value(self) -> float | None:
        return 100 * self.satisfied / self.n if self.n else None

    @property
    def low(self) -> float | None:
        return None if self.share.low is None else 100 * self.share.low

    @property
    def high(self) -> float | None:
        return None if self.share.high is None else 100 * self.share.high

    @property
    def margin(self) -> float | None:
        """Half of the interval, which does not stand evenly about the value."""
        return None if self.low is None or self.high is None else (self.high - self.low) / 2

    def since(self, before: Csat) -> Difference | None:
        found = proportions(self.satisfied, self.n, before.satisfied, before.n)
        return None if found is None else Difference(100 * found.change, found.z)
