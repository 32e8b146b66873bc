"""The tab of a record type in the studio."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component

from crm_config.type_tabs import Tab
from workflows.automations.definitions import AutomationDef
from workflows.automations.words import sentence


class AutomationsTab(Component):
    template_name = "workflows/automations/studio/tab.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        row, copy = parent_context["record_type"], parent_context["copy"]
        snapshot = copy.draft.snapshot
        held = [AutomationDef.of(raw) for raw in copy.payload.get("automations", ())]
        return {
            "rows": [(a, sentence(a, snapshot)) for a in held if a.type == row.key],
            "record_type": row,
        }


TAB = Tab("automations", _("Automations"), AutomationsTab(), order=60)
