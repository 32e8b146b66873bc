"""What the home page says of forms: how many submissions wait for a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wagtail.admin.ui.components import Component

from forms_builder.models import InboundMessage, Submission

CAP = 100


class HeldPanel(Component):
    """For those who look after them."""

    template_name = "forms_builder/held_panel.html"
    order = 16

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        user = parent_context["request"].user
        found = {"submissions": 0, "messages": 0}
        if user.has_perm("forms_builder.view_submission"):
            held = Submission.objects.filter(status=Submission.Status.HELD)
            found["submissions"] = held[:CAP].count()
        if user.has_perm("forms_builder.view_inboundmessage"):
            unread = InboundMessage.objects.filter(status=InboundMessage.Status.HELD)
            found["messages"] = unread[:CAP].count()
        return found
