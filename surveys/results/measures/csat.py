"""Customer satisfaction."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from surveys.results.measures.scale import Scale
from surveys.scores.csat import SATISFIED, STEPS, Csat


class CsatMeasure(Scale):
    key = "csat"
    name = _("Satisfied")
    unit = " %"
    last = STEPS

    def tone(self, step: int) -> str:
        return "good" if step >= SATISFIED else "fair" if step == SATISFIED - 1 else "poor"

    def score(self, counts: Mapping[float, int]) -> Csat:
        return Csat.of(counts)
