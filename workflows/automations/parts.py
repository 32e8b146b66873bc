"""What a record's page and the home page show of automations."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from crm_config.live import live
from crm_config.permissions import ADMINISTER
from records.asker import access_of
from workflows.automations.views.notifications import told
from workflows.automations.views.record import buttons
from workflows.automations.why import of_type
from workflows.models import BrokenAutomation


class RecordButtons(Component):
    template_name = "workflows/automations/buttons.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        record = parent_context["record"]
        return {
            "csrf_token": parent_context.get("csrf_token"),
            "record": record,
            "buttons": buttons(record),
            "mark": uuid.uuid4().hex,
        }


class RecordLink(Component):
    """In the menu of records that automations are about: what they did with it, and why."""

    template_name = "workflows/automations/link.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        record = parent_context["record"]
        return {"record": record, "any": bool(of_type(record.type, record.access))}


class NoticesPanel(Component):
    """One's unread notices; and for those who administer, what cannot work."""

    template_name = "workflows/automations/panel.html"
    order = 15

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        request: HttpRequest = parent_context["request"]
        broken = BrokenAutomation.objects.filter(version=live().version)
        return {
            "rows": told(access_of(request), unread=True, most=8),
            "broken": list(broken) if request.user.has_perm(ADMINISTER) else [],
        }
