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
from records.models import Record
from workflows.models import Notification

MOST = 100


def told(
    access: Access, *, unread: bool = False, most: int = MOST
) -> list[tuple[Notification, bool]]:
    """With whether the record that each is about may be seen."""
    rows = Notification.objects.filter(user=access.user_id)
    found = list((rows.filter(read_at=None) if unread else rows)[:most])
    about = {row.record_id for row in found if row.record_id}
    seen: set[int] = set()
    if about:
        for record_type in access.visible_types():
            mine = [pk for pk in about if record_type.first_id <= pk < record_type.end_id]
            if mine:
                reached = Record.unscoped.filter(access.q("view", record_type), pk__in=mine)
                seen.update(reached.values_list("pk", flat=True))
    return [(row, row.record_id in seen) for row in found]


class NotificationsView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "workflows/automations/notifications.html"
    page_title = gettext_lazy("Notices")
    header_icon = "comment"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(rows=told(access_of(self.request)), **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """All of one's own are read."""
        mine = Notification.objects.filter(user=access_of(request).user_id, read_at=None)
        mine.update(read_at=timezone.now())
        return HttpResponseRedirect(reverse("automations:notifications"))
