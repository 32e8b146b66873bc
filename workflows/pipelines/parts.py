"""On a record's page: the bar of its stages, and the menu to change the stage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.ui.components import Component

from records.selectors import RecordView
from workflows.pipelines.definitions import PipelineDef, StageDef
from workflows.pipelines.live import has_stages, pipeline_with
from workflows.pipelines.possible import possible, stage_key
from workflows.pipelines.ticking import entries, may_tick, stage_of
from workflows.pipelines.visits import time_in, visits


@dataclass(frozen=True)
class Step:
    """A stage of the bar. `state` is past, current or ahead; `move_url` where it can be moved there."""

    stage: StageDef
    state: str
    spent: str = ""
    stale: bool = False
    move_url: str = ""


def move_url(record_id: int, stage: str = "") -> str:
    query = f"?stage={stage}" if stage else ""
    return reverse("pipelines:move", args=[record_id]) + query


def spent_words(spent: timedelta) -> str:
    """Days, and below one the hours."""
    if spent.days:
        return ngettext("%(count)s day", "%(count)s days", spent.days) % {"count": spent.days}
    hours = spent.seconds // 3600
    if hours:
        return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
    return _("less than an hour")


def is_stale(stage: StageDef, since: datetime | None, now: datetime) -> bool:
    return bool(
        stage.stale_after
        and since is not None
        and not stage.ended
        and now - since > timedelta(days=stage.stale_after)
    )


def steps(record: RecordView, pipeline: PipelineDef) -> list[Step]:
    now = timezone.now()
    current = stage_key(record)
    spent = time_in(visits(record.record), now)
    open_to = {each.stage.key for each in possible(record)}
    shown = [s for s in pipeline.stages if not s.retired or s.key == current]
    place = next(i for i, s in enumerate(shown) if s.key == current)
    found = []
    for at, stage in enumerate(shown):
        state = "current" if at == place else "ahead"
        if at < place and stage.key in spent:
            state = "past"
        time = spent_words(spent[stage.key]) if stage.key in spent else ""
        stale = state == "current" and is_stale(stage, record.record.stage_entered_at, now)
        url = move_url(record.id, stage.key) if stage.key in open_to else ""
        found.append(Step(stage, state, time, stale, url))
    return found


class StageBar(Component):
    template_name = "workflows/pipelines/bar.html"

    def render_html(self, parent_context: Any = None) -> Any:
        record = parent_context["record"]
        if not has_stages(record.type) or pipeline_of(record) is None:
            return ""
        return super().render_html(parent_context)

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        record = parent_context["record"]
        pipeline = pipeline_of(record)
        if pipeline is None:
            raise LookupError(record.id)
        return {"record": record, "pipeline": pipeline, "steps": steps(record, pipeline)}


class Checklist(Component):
    """Under the bar: what is to be ticked in the stage."""

    template_name = "workflows/pipelines/checklist.html"

    def render_html(self, parent_context: Any = None) -> Any:
        return super().render_html(parent_context) if stage_of(parent_context["record"]) else ""

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        record = parent_context["record"]
        stage = stage_of(record)
        if stage is None:
            raise LookupError(record.id)
        found = entries(record, stage)
        return {
            "csrf_token": parent_context.get("csrf_token"),
            "record": record,
            "stage": stage,
            "entries": found,
            "done": sum(entry.done for entry in found),
            "may_tick": may_tick(record),
        }


class StageMenu(Component):
    template_name = "workflows/pipelines/menu.html"

    def render_html(self, parent_context: Any = None) -> Any:
        found = possible(parent_context["record"])
        return super().render_html({**_flat(parent_context), "moves": found}) if found else ""

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        record = parent_context["record"]
        moves = [(each, move_url(record.id, each.stage.key)) for each in parent_context["moves"]]
        return {"record": record, "moves": moves, "all_url": move_url(record.id)}


def pipeline_of(record: RecordView) -> PipelineDef | None:
    return pipeline_with(record.access.snapshot, record.type.key, stage_key(record))


def _flat(context: Any) -> dict[str, Any]:
    return context.flatten() if hasattr(context, "flatten") else dict(context)
