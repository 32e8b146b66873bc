"""The registers of who was written to or left out, and of who wants no mail."""

from __future__ import annotations

from django.contrib.admin import display
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from crm_config.definitions import SERIAL_BITS
from crm_config.live import live
from jobs.registers.base import Register
from records.contact.answers import reason
from records.models import ContactEntry, Unsubscription
from records.selectors.names import record_url


class LedgerRegister(Register):
    model = ContactEntry
    base_url_path = "operations/contacts"
    menu_label = gettext_lazy("Contact ledger")
    menu_icon = "mail"
    list_display = ("title", "person", "kind", "status", "why", "next_free", "override", "by")
    list_filter = ("status", "kind", "channel")
    list_select_related = ("by",)
    search_fields = ("what", "rule")
    ordering = ("-at", "-id")
    index_template_name = "jobs/register.html"
    index_view_extra_css = ["jobs/jobs.css"]
    inspect_view_fields = ["what", "kind", "purpose", "channel", "status", "at", "code", "rule", "next_free", "by",
                           "override"]  # fmt: skip

    @display(description=gettext_lazy("Message"), ordering="at")
    def title(self, row: ContactEntry) -> SafeString:
        return format_html('<a href="{}">{}</a>', self.details_url(row), row)

    @display(description=gettext_lazy("Record"))
    def person(self, row: ContactEntry) -> SafeString | str:
        """Its number: whoever opens it is asked for their right to it there."""
        return numbered(row.record_id)

    @display(description=gettext_lazy("Why"))
    def why(self, row: ContactEntry) -> str:
        return reason(row, live())


class UnsubscriptionRegister(Register):
    model = Unsubscription
    base_url_path = "operations/unsubscriptions"
    menu_icon = "mail"
    list_display = ("title", "person", "how", "at")
    list_filter = ("how", "purpose")
    ordering = ("-at", "-id")
    index_template_name = "jobs/register.html"
    index_view_extra_css = ["jobs/jobs.css"]
    inspect_view_fields = ["purpose", "how", "at"]

    @display(description=gettext_lazy("From"), ordering="purpose")
    def title(self, row: Unsubscription) -> SafeString:
        return format_html('<a href="{}">{}</a>', self.details_url(row), row)

    @display(description=gettext_lazy("Record"))
    def person(self, row: Unsubscription) -> SafeString | str:
        return numbered(row.record_id)


def numbered(record_id: int | None) -> SafeString | str:
    if record_id is None:
        return "–"
    found = live().by_number.get(record_id >> SERIAL_BITS)
    name = f"{found.label} {record_id & ((1 << SERIAL_BITS) - 1)}" if found else str(record_id)
    return format_html('<a href="{}">{}</a>', record_url(record_id), name)
