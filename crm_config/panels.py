"""Side panels of the studio: what uses a field, and what live data say of it."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.side_panels import BaseSidePanel

from crm_config.insights import FieldFacts
from crm_config.models import Field


class UsedBySidePanel(BaseSidePanel):
    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = _("Toggle where used")
        icon_name = "link"

        def get_context_data(self, parent_context: Any) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["count"] = len(self.panel.uses)
            return context

    name = "used-by"
    title = _("Where used")
    template_name = "crm_config/studio/side_panels/used_by.html"
    order = 100

    def __init__(self, field: Field, request: HttpRequest, *, uses: Sequence[Any]) -> None:
        super().__init__(field, request)
        self.uses = uses


class DataSidePanel(BaseSidePanel):
    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = _("Toggle data")
        icon_name = "table"
        has_counter = False

    name = "data"
    title = _("Data")
    template_name = "crm_config/studio/side_panels/data.html"
    order = 200

    def __init__(self, field: Field, request: HttpRequest, *, facts: FieldFacts | None) -> None:
        super().__init__(field, request)
        self.facts = facts
