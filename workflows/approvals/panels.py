"""Approvals where people are: on the record's page, and at home."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from records.asker import access_of
from workflows.approvals import selectors
from workflows.approvals.brief import briefs
from workflows.approvals.definitions import SECTION
from workflows.models import ApprovalRequest

MOST = 8


class HeldPart(Component):
    """Under the title: that a record is held, by whom and since when."""

    template_name = "workflows/approvals/held.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        access, record = parent_context["access"], parent_context["record"]
        if SECTION not in access.snapshot.sections:
            return {}
        rows = selectors.of_record(record.id)
        waiting = [row for row in rows if row.state == ApprovalRequest.State.WAITING]
        if not waiting:
            return {}
        seen = selectors.visible(access).filter(pk__in=[row.pk for row in waiting])
        return {"rows": briefs(waiting, access), "seen": set(seen.values_list("pk", flat=True))}


class WaitingPanel(Component):
    """At home: what waits for one's decision."""

    template_name = "workflows/approvals/home.html"
    order = 5

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        access = access_of(parent_context["request"])
        if SECTION not in access.snapshot.sections:
            return {"rows": []}
        return {"rows": briefs(selectors.waiting_for(access)[:MOST], access)}


def build_home(request: HttpRequest, panels: list[Any]) -> None:
    panels.insert(min(1, len(panels)), WaitingPanel())
