"""Records that would not fit the draft any more, and why: the numbers that the review tells, kept with the other
figures. Which records they are is kept from the result: it is read by whoever administers."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from crm_config import impacts
from records.simulation.registry import Figure
from records.simulation.shown.validity import shown
from records.simulation.trial import Trial


def measure(trial: Trial) -> list[dict[str, Any]]:
    trial.step(str(_("Values that do not fit")))
    return [
        {
            "type": impact.path[1] if impact.path[0] == "record_types" else "",
            "path": list(impact.path),
            "level": impact.level,
            "message": str(impact.message),
        }
        for impact in impacts.get().of(trial.before, trial.after, user=None)
    ]


VALIDITY = Figure(
    "validity",
    label=_("Records that do not fit"),
    measure=measure,
    template="records/simulation/validity.html",
    shown=shown,
    order=10,
)
