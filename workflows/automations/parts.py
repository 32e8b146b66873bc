"""What a record's page and the home page show of automations."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from crm_config.definitions import Snapshot
from crm_config.live import live
from crm_config.permissions import ADMINISTER
from records.asker import access_of
from workflows.automations.engine.breaking import unreadable
from workflows.automations.views.converting import asks_first, form_url
from workflows.automations.views.notifications import told
from workflows.automations.views.pressing import buttons
from workflows.automations.why import of_type
from workflows.models import BrokenAutomation


class RecordButtons(Component):
    template_name = "workflows/automations/buttons.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        record = parent_context["record"]
        return {
            "csrf_token": parent_context.get("csrf_token"),
            "record": record,
            "buttons": [
                (each, form_url(each, record) if asks_first(each, record) else "")
                for each in buttons(record)
            ],
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
        return {
            "rows": told(access_of(request), unread=True, most=8),
            "broken": broken(live()) if request.user.has_perm(ADMINISTER) else {},
        }


def broken(snapshot: Snapshot) -> Mapping[str, str]:
    """Why, by the key: of those that were to run and could not, and of those whose condition cannot be read."""
    met = BrokenAutomation.objects.filter(version=snapshot.version)
    return {**unreadable(snapshot), **dict(met.values_list("automation", "reason"))}
