"""On the page of an activity: that it comes again, and when one is reminded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wagtail.admin.ui.components import Component

from records.selectors import RecordView
from workflows.models import Reminder
from workflows.todo import reminding, repeating
from workflows.todo.rule_words import words
from workflows.todo.sources.activities import TRAIT


def is_open(record: RecordView) -> bool:
    """An activity that is still to be done, as far as the reader may know."""
    there = TRAIT in record.type.traits and "done" in record.readable and not record.archived
    return there and not record.value("done")


class ActivityBand(Component):
    template_name = "workflows/todo/band.html"

    def render_html(self, parent_context: Any = None) -> Any:
        return super().render_html(parent_context) if is_open(parent_context["record"]) else ""

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        record = parent_context["record"]
        rule = repeating.rule_of(record.id)
        reminder = reminding.of(record.id, access=record.access)
        return {
            "record": record,
            "rule": words(rule) if rule else "",
            "reminder": reminder,
            "length": _length(reminder),
        }


def _length(reminder: Reminder | None) -> Any:
    if reminder is None or reminder.minutes is None:
        return ""
    return dict(reminding.LENGTHS).get(reminder.minutes, "")


class ActivityLinks(Component):
    template_name = "workflows/todo/links.html"

    def render_html(self, parent_context: Any = None) -> Any:
        return super().render_html(parent_context) if is_open(parent_context["record"]) else ""

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        record = parent_context["record"]
        return {"record": record, "may_repeat": repeating.may_repeat(record)}
