"""The pipelines of a type, on its page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wagtail.admin.ui.components import Component

from crm_config.models import RecordType
from crm_config.working_copy.reading import WorkingCopy
from workflows.pipelines.compiling import compiled
from workflows.pipelines.definitions import PipelineDef
from workflows.pipelines.live import SECTION


@dataclass(frozen=True)
class Row:
    pipeline: PipelineDef
    changed: bool


class PipelinesTab(Component):
    template_name = "workflows/pipelines/studio/tab.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        record_type: RecordType = parent_context["record_type"]
        copy: WorkingCopy = parent_context["copy"]
        held = [raw for raw in copy.payload.get(SECTION, ()) if raw["type"] == record_type.key]
        rows = [Row(compiled(raw), copy.changed((SECTION, raw["key"]))) for raw in held]
        return {"record_type": record_type, "rows": rows}
