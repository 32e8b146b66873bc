"""How many deadlines were met in time, by month."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from records.asker import access_of
from workflows.deadlines.selectors import measured, measured_types


class ReportView(WagtailAdminTemplateMixin, TemplateView):
    """Each person sees the figures of the records that they may see."""

    template_name = "workflows/deadlines/report.html"
    page_title = _("Deadlines")
    header_icon = "history"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"label": self.page_title, "url": ""}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        access = access_of(self.request)
        tables = [(t, measured(t, access=access)) for t in measured_types(access)]
        return super().get_context_data(tables=tables, **kwargs)
