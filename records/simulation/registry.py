"""What a simulation measures. An app above registers a figure of its own in `AppConfig.ready()`:

registry.register(Figure("automations", label=_("Automations"), measure=measure, template="…/figure.html"))
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from records.access import Access
from records.models.simulation import Simulation
from records.simulation.trial import Trial


def one_step(trial: Trial) -> int:
    return 1


def as_measured(result: Any, simulation: Simulation, access: Access) -> Any:
    return result


@dataclass(frozen=True, eq=False)
class Figure:
    """`measure` gives JSON, kept under `key`. `shown` makes of it what `template` shows as `figure`, with
    names that `access` may see. `steps` is how often `measure` calls `trial.step`."""

    key: str
    label: str | Promise
    measure: Callable[[Trial], Any]
    template: str
    shown: Callable[[Any, Simulation, Access], Any] = as_measured
    steps: Callable[[Trial], int] = one_step
    order: int = 100


_figures: dict[str, Figure] = {}


def register(figure: Figure) -> None:
    if figure.key in _figures:
        raise RuntimeError(f"Two figures of simulations call themselves {figure.key!r}.")
    _figures[figure.key] = figure


def figures() -> list[Figure]:
    return sorted(_figures.values(), key=lambda figure: figure.order)
