"""What still refers to something that the draft removes or archives."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from crm_config.references import dangling
from records.simulation.registry import Figure
from records.simulation.shown.references import shown
from records.simulation.trial import Trial


def measure(trial: Trial) -> list[dict[str, Any]]:
    trial.step(str(_("References")))
    return [
        {"source": list(r.source), "target": list(r.target), "how": str(r.how)}
        for r in dangling(trial.draft)
    ]


REFERENCES = Figure(
    "references",
    label=_("References that lead nowhere"),
    measure=measure,
    template="records/simulation/references.html",
    shown=shown,
    order=50,
)
