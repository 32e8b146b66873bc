"""On a record's page: what was answered about it, or by it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wagtail.admin.ui.components import Component

from surveys.results.of_record import history


class SurveysPart(Component):
    template_name = "surveys/results/panel.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"history": history(parent_context["record"])}
