"""What apps above show on a record's page. They add components here, in `AppConfig.ready()`:

record_parts.register(StageBar(), place="head", order=10)

A component finds `record` (a `RecordView`), `record_type`, `access` and `request` in its context, and renders as
nothing where it has nothing to say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from wagtail.admin.ui.components import Component

#: Buttons beside the title; links in the menu after them; a band under it; the wide column, under the facts; over
#: the timeline.
Place = Literal["action", "more", "head", "main", "side"]
PLACES: tuple[Place, ...] = ("action", "more", "head", "main", "side")


@dataclass(frozen=True, eq=False)
class RecordPart:
    component: Component
    place: Place
    order: int = 100


_parts: list[RecordPart] = []


def register(component: Component, *, place: Place, order: int = 100) -> None:
    _parts.append(RecordPart(component, place, order))
    _parts.sort(key=lambda part: part.order)


def parts(place: Place) -> list[Component]:
    return [part.component for part in _parts if part.place == place]
