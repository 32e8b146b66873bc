"""What a record's page and lists offer of sending."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component

from crm_config.definitions import TypeDef
from records.access import Access
from records.panels.list_actions import ListAction
from surveys.sending.rights import ACTION, surveys_about


class AskButton(Component):
    template_name = "surveys/sending/button.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        record = parent_context["record"]
        there = not record.archived and surveys_about(record.type, record.access)
        return {"record": record, "offered": bool(there) and record.may(ACTION)}


def address(record_type: TypeDef, access: Access) -> str:
    if not surveys_about(record_type, access):
        return ""
    return reverse("survey_sending:plan", args=[record_type.key])


SEND_MANY = ListAction("survey", _("Ask by survey…"), address)
