"""The tab of a record type in the studio."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component

from crm_config.type_tabs import Tab
from workflows.automations.definitions import AutomationDef
from workflows.automations.section import AutomationSection
from workflows.automations.words import sentence
from workflows.models import Automation


class AutomationsTab(Component):
    template_name = "workflows/automations/studio/tab.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        row, copy = parent_context["record_type"], parent_context["copy"]
        found = Automation.objects.filter(type=row.key).order_by("key")
        snapshot = copy.draft.snapshot
        dump = AutomationSection.dump_row
        return {
            "rows": [(a, sentence(AutomationDef.of(dump(a)), snapshot)) for a in found],
            "record_type": row,
        }


TAB = Tab("automations", _("Automations"), AutomationsTab(), order=60)
