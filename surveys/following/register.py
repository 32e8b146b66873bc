"""The register of follow-ups, for those who look after them all."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import display
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from crm_config.live import live
from jobs.registers.base import Register
from surveys.following.names import rule_label, survey_label
from surveys.following.voices import is_overdue
from surveys.models import FollowUp


class FollowUpRegister(Register):
    """It tells nothing of records and answers: whoever opens one is asked for their right to it there."""

    model = FollowUp
    base_url_path = "operations/follow-ups"
    menu_icon = "comment"
    list_display = ("title", "asked", "status", "owner", "team", "due", "reasons", "created_at")
    list_filter = ("status", "survey", "team")
    list_select_related = ("owner", "team")
    ordering = ("-id",)
    index_template_name = "jobs/register.html"
    index_view_extra_css = ["jobs/jobs.css"]
    inspect_view_fields = ["survey", "rule", "status", "problems", "owner", "team", "due_at", "created_at",
                           "closed_at", "closed_by"]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("owner", "team")

    @display(description=gettext_lazy("Follow-up"), ordering="rule")
    def title(self, row: FollowUp) -> SafeString:
        url = reverse("voices:follow_up", args=[row.pk])
        return format_html('<a href="{}">{}</a>', url, rule_label(row, live()))

    @display(description=gettext_lazy("Survey"), ordering="survey")
    def asked(self, row: FollowUp) -> str:
        return survey_label(row.survey, live())

    @display(description=gettext_lazy("Due"), ordering="due_at")
    def due(self, row: FollowUp) -> SafeString | str:
        if row.due_at is None:
            return ""
        day = f"{timezone.localtime(row.due_at):%Y-%m-%d}"
        return format_html("<strong>{}</strong>", day) if is_overdue(row, timezone.now()) else day

    @display(description=gettext_lazy("Could not be done"))
    def reasons(self, row: FollowUp) -> str:
        return "; ".join(map(str, row.problems))[:200]
