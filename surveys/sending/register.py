"""The registers of sendings and invitations."""

from __future__ import annotations

from django.contrib.admin import display
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from crm_config.live import live
from jobs.registers.base import Register
from records.contact.register import numbered
from surveys.models import Dispatch, Invitation
from surveys.sending.reasons import told


class DispatchRegister(Register):
    model = Dispatch
    base_url_path = "operations/survey-sendings"
    menu_icon = "mail"
    list_display = ("title", "survey", "status", "per_hour", "created_by", "created_at", "done_at")
    list_filter = ("status", "survey")
    list_select_related = ("created_by",)
    search_fields = ("name", "survey")
    ordering = ("-id",)
    index_template_name = "jobs/register.html"
    index_view_extra_css = ["jobs/jobs.css"]
    inspect_view_fields = ["name", "survey", "status", "counted", "per_hour", "starts_at", "made_at", "done_at",
                           "created_by", "created_at"]  # fmt: skip

    @display(description=gettext_lazy("Sending"), ordering="name")
    def title(self, row: Dispatch) -> SafeString:
        url = reverse("survey_sending:dispatch", args=[row.pk])
        return format_html('<a href="{}">{}</a>', url, row)


class InvitationRegister(Register):
    """Without addresses and tokens: whoever looks after sendings does not answer in somebody's place."""

    model = Invitation
    base_url_path = "operations/invitations"
    menu_icon = "mail"
    list_display = (
        "title",
        "whom",
        "status",
        "reason",
        "next_free",
        "due_at",
        "sent_at",
        "reminders",
    )
    list_filter = ("status", "survey")
    search_fields = ("survey", "why")
    ordering = ("-id",)
    index_template_name = "jobs/register.html"
    index_view_extra_css = ["jobs/jobs.css"]
    inspect_view_fields = ["survey", "status", "why", "next_free", "language", "reminders", "attempts", "created_at",
                           "due_at", "sent_at", "reminded_at", "delivered_at", "opened_at", "started_at",
                           "completed_at", "complained_at", "expires_at"]  # fmt: skip

    @display(description=gettext_lazy("Invitation"), ordering="survey")
    def title(self, row: Invitation) -> SafeString:
        return format_html('<a href="{}">{}</a>', self.details_url(row), row)

    @display(description=gettext_lazy("To"))
    def whom(self, row: Invitation) -> SafeString | str:
        """Its number: the field of the model would tell its title to everybody here."""
        return numbered(row.person_id)

    @display(description=gettext_lazy("Why"))
    def reason(self, row: Invitation) -> str:
        return told(row, live())
