"""On a record's page: how long there is left."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wagtail.admin.ui.components import Component

from workflows.deadlines.selectors import of_record
from workflows.deadlines.shown import shown


class DeadlinesBand(Component):
    template_name = "workflows/deadlines/band.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        record = parent_context["record"]
        now = record.access.now
        return {"deadlines": [shown(level, row, now) for level, row in of_record(record)]}
