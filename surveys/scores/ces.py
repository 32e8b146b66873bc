"""The Customer Effort Score: the mean of the answers on seven steps, 7 being the least effort.

Dixon, M., Freeman, K. and Toman, N. (2010), "Stop trying to delight your customers", Harvard Business Review 88(7/8);
in the form of 2013, "… made it easy for me to handle my issue".
"""

from __future__ import annotations

from collections.abc import Mapping

from surveys.scores.mean import Mean

STEPS = 7


def ces(counts: Mapping[float, int]) -> Mean:
    """From how often each step was given; what is not on the scale is passed over."""
    return Mean.of({step: count for step, count in counts.items() if 1 <= step <= STEPS})
