"""Net Promoter Score."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from surveys.results.measures.scale import Scale
from surveys.scores.nps import HIGHEST, PASSIVES, PROMOTERS, Nps


class NpsMeasure(Scale):
    key = "nps"
    name = _("NPS")
    first = 0
    last = HIGHEST

    def tone(self, step: int) -> str:
        return "good" if step >= PROMOTERS else "fair" if step >= PASSIVES else "poor"

    def score(self, counts: Mapping[float, int]) -> Nps:
        return Nps.of(counts)
