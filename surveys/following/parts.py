"""On the page of a record that was made for a follow-up: that it was, and for what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wagtail.admin.ui.components import Component

from records.selectors import RecordView
from surveys.definitions import surveys_of
from workflows.todo.origins import origins


class OriginBand(Component):
    template_name = "surveys/following/band.html"

    def render_html(self, parent_context: Any = None) -> Any:
        return (
            super().render_html(parent_context) if made_by_rules(parent_context["record"]) else ""
        )

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        record = parent_context["record"]
        return {"origin": origins([record.id], access=record.access).get(record.id)}


def made_by_rules(record: RecordView) -> bool:
    """Whether a rule makes records of its type: of others, nobody asks the database."""
    surveys = surveys_of(record.access.snapshot).values()
    return any(r.make.get("type") == record.type.key for s in surveys for r in s.follow_ups)
