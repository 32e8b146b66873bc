"""Customer effort."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from surveys.results.measures.scale import Scale
from surveys.scores.ces import STEPS, ces
from surveys.scores.mean import Mean


class CesMeasure(Scale):
    key = "ces"
    name = _("Ease")
    unit = f" / {STEPS}"
    decimals = 1
    last = STEPS

    def tone(self, step: int) -> str:
        return "good" if step >= 5 else "fair" if step == 4 else "poor"

    def score(self, counts: Mapping[float, int]) -> Mean:
        return ces(counts)
