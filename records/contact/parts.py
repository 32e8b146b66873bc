"""On a record's page: which mails it got, and which were held back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wagtail.admin.ui.components import Component

from records.contact.definitions import email_field
from records.contact.selectors import latest, unwanted


class ContactSide(Component):
    template_name = "records/contact/side.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        """Types without an address have nothing of it, and cost no query."""
        record = parent_context["record"]
        if email_field(record.type, record.access.snapshot) is None:
            return {"lines": [], "unwanted": []}
        return {"lines": latest(record), "unwanted": unwanted(record)}
