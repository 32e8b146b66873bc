"""Beside the change-set: what trying it on live records has shown, how old that is, and whether it still counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wagtail.admin.ui.components import Component

from crm_config import payload
from crm_config.working_copy.reading import WorkingCopy
from records.asker import access_of
from records.models import Simulation
from records.simulation.shown.sight import shown

#: Lines told beside the change-set; all of them stand on the simulation's own page.
MOST = 6


@dataclass(frozen=True)
class Age:
    """`changed`: the working copy says something else by now; `outdated`: another version is published."""

    since: datetime | None
    changed: bool
    outdated: bool

    @classmethod
    def of(cls, simulation: Simulation, copy: WorkingCopy) -> Age:
        return cls(
            since=simulation.finished_at,
            changed=simulation.digest != payload.digest(copy.payload),
            outdated=simulation.live_version != copy.published_version,
        )


class SimulationPanel(Component):
    template_name = "records/simulation/beside.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        request, copy = parent_context["request"], parent_context["copy"]
        last = Simulation.objects.select_related("job", "by").first()
        context: dict[str, Any] = {
            "request": request,
            "csrf_token": parent_context.get("csrf_token"),
            "perms": parent_context.get("perms"),
            "last": last,
            "busy": last is not None and not last.is_finished,
            "job": last.job if last else None,
        }
        done = _done(last)
        if done is None:
            return context
        sight = shown(done.figures["sight"], done, access_of(request))
        return {
            **context,
            "done": done,
            "age": Age.of(done, copy),
            "lines": sight.lines[:MOST],
            "more": max(0, len(sight.lines) - MOST),
            "misfits": sum(row["level"] != "note" for row in done.figures["validity"]),
            "quiet": not any(map(_says, done.figures.values())),
        }


def _done(last: Simulation | None) -> Simulation | None:
    """The last that came to its end: the older one while another is running."""
    if last is not None and last.state == Simulation.State.DONE:
        return last
    done = Simulation.objects.filter(state=Simulation.State.DONE)
    return done.select_related("by").first()


def _says(part: Any) -> bool:
    return any(part.values()) if isinstance(part, dict) else bool(part)
