"""What waits for one, what one asked for, and what was decided last."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from records.views.base import Crumbs, ScreenMixin
from workflows.approvals import selectors
from workflows.approvals.brief import briefs
from workflows.models import ApprovalRequest

MOST = 100


class ApprovalsView(ScreenMixin, TemplateView):
    template_name = "workflows/approvals/list.html"
    page_title = gettext_lazy("Approvals")
    header_icon = "clipboard-check"

    def get_breadcrumbs_items(self) -> Crumbs:
        return [*self.breadcrumbs_items, {"label": self.get_page_title(), "url": ""}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        ended = selectors.visible(self.access).exclude(state=ApprovalRequest.State.WAITING)
        return super().get_context_data(
            waiting=briefs(selectors.waiting_for(self.access)[:MOST], self.access),
            asked=briefs(
                selectors.asked_by(self.access).filter(state=ApprovalRequest.State.WAITING)[:MOST],
                self.access,
            ),
            ended=briefs(ended.order_by("-ended_at")[:MOST], self.access),
            **kwargs,
        )
