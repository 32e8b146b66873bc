"""The first page: one's day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.ui.components import Component

from records.asker import access_of
from workflows.todo.closing import next_types
from workflows.todo.day import day
from workflows.todo.shown import shown
from workflows.todo.sources.activities import activity_types

#: The rest stands on the page of its own.
MOST = 12


class DayPanel(Component):
    template_name = "workflows/todo/panel.html"
    order = 5

    def render_html(self, parent_context: Any = None) -> Any:
        """For those who have anything to do with activities."""
        access = access_of(parent_context["request"])
        return super().render_html(parent_context) if activity_types(access) else ""

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        access = access_of(parent_context["request"])
        found = shown(day(access), access)
        return {
            "day": found,
            "lines": [*found.overdue, *found.today][:MOST],
            "more": max(0, len(found.overdue) + len(found.today) - MOST),
            "todo_url": reverse("todo:index"),
            "add_url": reverse("todo:add"),
            "may_add": bool(next_types(access)),
            "from": "home",
            "request": parent_context["request"],
            "csrf_token": parent_context.get("csrf_token"),
        }


def add_day(request: HttpRequest, panels: list[Any]) -> None:
    """For Wagtail's `construct_homepage_panels`: after the greeting."""
    panels.append(DayPanel())
