"""At home, for administrators: procedures that cannot be read, and records that break those checked each night."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from crm_config.permissions import ADMINISTER
from records.asker import access_of
from workflows.models import ProcedureCheck
from workflows.procedures.conditions import broken
from workflows.procedures.definitions import SECTION, procedures_of
from workflows.procedures.findings import list_url


class ProceduresPanel(Component):
    template_name = "workflows/procedures/home.html"
    order = 11

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        request = parent_context["request"]
        snapshot = access_of(request).snapshot
        if SECTION not in snapshot.sections or not request.user.has_perm(ADMINISTER):
            return {}
        held = procedures_of(snapshot)
        checks = ProcedureCheck.objects.filter(found__gt=0, key__in=held)
        return {
            "broken": [procedure for procedure, _why in broken(snapshot)],
            "found": [(held[check.key], check, list_url(check)) for check in checks],
        }


def build_home(request: HttpRequest, panels: list[Any]) -> None:
    panels.insert(min(1, len(panels)), ProceduresPanel())
