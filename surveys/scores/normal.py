"""The normal distribution, as far as margins and tests need it."""

from __future__ import annotations

from math import erfc, sqrt

#: Its 97.5th percentile: intervals hold the true value in 95 of 100 samples.
Z95 = 1.959963984540054


def two_sided(z: float) -> float:
    """The probability of being at least so far from zero, on either side."""
    return erfc(abs(z) / sqrt(2))
