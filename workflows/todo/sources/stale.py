"""Records of one's own that have been in an open stage for longer than they should."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.utils.translation import gettext as _

from crm_config.definitions import TypeDef
from records.models import Record
from records.selectors import Query, first_rows, views_of
from workflows.pipelines.definitions import StageDef
from workflows.pipelines.live import pipelines_of
from workflows.todo.items import Item
from workflows.todo.sources.base import MOST, Asked

SHOWN = ("title", "owner", "stage", "stage_entered_at")


class Stale:
    key = "stale"

    def items(self, asked: Asked) -> Sequence[Item]:
        found: list[Record] = []
        stages: dict[tuple[str, str], StageDef] = {}
        for record_type in asked.access.visible_types():
            ageing = _ageing(record_type, asked)
            if ageing:
                stages.update({(record_type.key, stage.key): stage for stage in ageing})
                found += _overdue(record_type, ageing, asked)
        views = views_of(found, access=asked.access, keys=SHOWN)
        return [
            Item(
                self.key, view, at=None, note=_note(stages[view.type.key, view.record.stage or ""])
            )
            for view in views
        ]


def _ageing(record_type: TypeDef, asked: Asked) -> list[StageDef]:
    if not {"stage", "stage_entered_at"} <= asked.access.readable_everywhere(record_type):
        return []
    held = pipelines_of(asked.access.snapshot, record_type.key)
    return [s for p in held for s in p.active if s.stale_after and not s.ended]


def _overdue(record_type: TypeDef, stages: Sequence[StageDef], asked: Asked) -> list[Record]:
    late = [
        {
            "all": [
                {"field": "stage", "op": "eq", "value": stage.key},
                {
                    "field": "stage_entered_at",
                    "op": "lt",
                    "value": (
                        asked.access.now - timedelta(days=stage.stale_after or 0)
                    ).isoformat(),
                },
            ]
        }
        for stage in stages
    ]
    where = {"all": [{"field": "owner", "op": "eq", "value": asked.user}, {"any": late}]}
    query = Query(record_type, where=where, sort="stage_entered_at", columns=SHOWN)
    return first_rows(query, access=asked.access, size=MOST)


def _note(stage: StageDef) -> str:
    return _("no longer fresh in “%(stage)s”") % {"stage": stage.label}
