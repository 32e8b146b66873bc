"""What somebody was told."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from records.access import Access
from records.asker import access_of
from records.selectors.names import link_labels
from workflows.models import Notification

MOST = 100


def told(
    access: Access, *, unread: bool = False, most: int = MOST
) -> list[tuple[Notification, bool]]:
    """With whether the record that each is about may be seen."""
    rows = Notification.objects.filter(user=access.user_id)
    found = list((rows.filter(read_at=None) if unread else rows)[:most])
    about = {row.record_id for row in found if row.record_id}
    labels = link_labels(about, access=access) if about else {}
    seen = {pk for pk, label in labels.items() if label.visible}
    return [(row, row.record_id in seen) for row in found]


class NotificationsView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "workflows/automations/notifications.html"
    page_title = gettext_lazy("Notices")
    header_icon = "comment"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"label": self.page_title, "url": ""}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(rows=told(access_of(self.request)), **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """All of one's own are read."""
        mine = Notification.objects.filter(user=access_of(request).user_id, read_at=None)
        mine.update(read_at=timezone.now())
        return HttpResponseRedirect(reverse("automations:notifications"))
