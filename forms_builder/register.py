"""The registers of what was sent and of what came in, with doing it once more."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from django.contrib.admin import display
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail_modeladmin.views import InspectView

from crm_config.live import live
from forms_builder.definitions import forms_of
from forms_builder.engine.fields import fields_of
from forms_builder.models import InboundMessage, Submission
from jobs.registers.base import Buttons, Register


class ReplayButtons(Buttons):
    """`named` names the permission and the address."""

    named = "submission"

    def get_buttons_for_obj(self, obj: Any, *args: Any, **kwargs: Any) -> list[dict[str, Any]]:
        buttons = super().get_buttons_for_obj(obj, *args, **kwargs)
        allowed = self.request.user.has_perm(f"forms_builder.change_{self.named}")
        if allowed and self.offered(obj):
            url = reverse(f"forms:replay_{self.named}", args=[obj.pk])
            buttons.append(self.action_button(url=url, label=_("Replay")))
        return buttons

    def offered(self, obj: Any) -> bool:
        return bool(obj.can_replay)


class MessageButtons(ReplayButtons):
    named = "inboundmessage"

    def offered(self, obj: Any) -> bool:
        return bool(obj.status == InboundMessage.Status.HELD)


class SubmissionDetails(InspectView):
    """Answers by the names of their questions, and a way to the records."""

    def get_field_display_value(self, field_name: str, field: Any = None) -> Any:
        if field_name in ("values", "fixed"):
            return format_html_join(
                "", "{}: {}<br>", self.answers(getattr(self.instance, field_name))
            )
        if field_name == "records":
            return format_html_join("", '<a href="{}">{}</a><br>', self.records())
        if field_name == "why":
            return format_html_join("", "{}<br>", ((each,) for each in self.instance.why))
        return super().get_field_display_value(field_name, field)

    def answers(self, values: dict[str, Any]) -> Iterator[tuple[str, str]]:
        form = forms_of(live()).get(self.instance.form)
        fields = fields_of(form, live()) if form else {}
        for key, value in values.items():
            label = fields[key].label if key in fields else key
            yield label, value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    def records(self) -> Iterator[tuple[str, str]]:
        """Whoever opens one is asked for their right to it there."""
        for each in self.instance.records:
            yield reverse("records:record", args=[each["id"]]), f"{each['what']} {each['id']}"


class SubmissionRegister(Register):
    model = Submission
    base_url_path = "operations/submissions"
    menu_icon = "form"
    list_display = ("title", "form", "status", "reasons", "channel", "created_at", "attempts")
    list_filter = ("status", "form", "channel")
    search_fields = ("reference", "form")
    ordering = ("-id",)
    index_template_name = "jobs/register.html"
    index_view_extra_css = ["jobs/jobs.css"]
    inspect_view_fields = ["reference", "form", "config_version", "channel", "status", "why", "values", "fixed",
                           "records", "language", "created_at", "confirmed_at", "handled_at", "attempts"]  # fmt: skip
    button_helper_class = ReplayButtons
    inspect_view_class = SubmissionDetails

    @display(description=gettext_lazy("Submission"), ordering="reference")
    def title(self, row: Submission) -> SafeString:
        return format_html('<a href="{}">{}</a>', self.details_url(row), row)

    @display(description=gettext_lazy("Why"))
    def reasons(self, row: Submission) -> str:
        return "; ".join(map(str, row.why))[:200]


class InboundRegister(Register):
    model = InboundMessage
    base_url_path = "operations/inbound"
    menu_icon = "download"
    list_display = ("title", "status", "reasons", "submission", "received_at")
    list_filter = ("status", "hook")
    search_fields = ("hook",)
    ordering = ("-id",)
    index_template_name = "jobs/register.html"
    index_view_extra_css = ["jobs/jobs.css"]
    inspect_view_fields = [
        "hook",
        "message",
        "status",
        "why",
        "submission",
        "content_type",
        "body",
        "received_at",
    ]
    button_helper_class = MessageButtons

    @display(description=gettext_lazy("Message"), ordering="hook")
    def title(self, row: InboundMessage) -> SafeString:
        return format_html(
            '<a href="{}">{} {}</a>', self.details_url(row), row.hook, row.message[:12]
        )

    @display(description=gettext_lazy("Why"))
    def reasons(self, row: InboundMessage) -> str:
        return "; ".join(map(str, row.why))[:200]
