"""On a record: what automations did with it and why, and the buttons that set some off."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from records.asker import access_of
from records.errors import NotVisible
from records.selectors import reading
from records.selectors.reading import RecordView
from workflows.automations import why
from workflows.automations.rights import administers
from workflows.automations.views.converting import asks_first, form_url
from workflows.automations.views.pressing import buttons, press
from workflows.models import AutomationRun

MOST_RUNS = 50


def visible_record(request: HttpRequest, pk: int) -> RecordView:
    try:
        return reading.get(pk, access=access_of(request))
    except NotVisible as error:
        raise Http404 from error


class RecordAutomationsView(WagtailAdminTemplateMixin, TemplateView):
    template_name = "workflows/automations/record.html"
    page_title = gettext_lazy("Automations")
    header_icon = "cogs"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.view = visible_record(request, kwargs["pk"])
        return self.render_to_response(self.get_context_data())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        url = reverse("records:record", args=[self.view.id])
        return [
            *self.breadcrumbs_items,
            {"label": self.view.title, "url": url},
            {"label": self.page_title, "url": ""},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        known = {a.key: a for a in why.of_type(self.view.type, self.view.access)}
        runs = AutomationRun.objects.filter(record_id=self.view.id, automation__in=known)
        asked = known.get(self.request.GET.get("automation", ""))
        return super().get_context_data(
            record=self.view,
            automations=known.values(),
            runs=[
                (run, known[run.automation]) for run in runs.prefetch_related("steps")[:MOST_RUNS]
            ],
            asked=asked,
            evaluations=why.evaluations(asked, self.view) if asked else [],
            administers=administers(self.view.access),
            **kwargs,
        )


class PressView(View):
    """Where a form was laid out for it, that comes first."""

    def post(self, request: HttpRequest, pk: int, automation: str) -> HttpResponse:
        view = visible_record(request, pk)
        found = next((a for a in buttons(view) if a.key == automation), None)
        if found is None:
            raise Http404
        if asks_first(found, view):
            return HttpResponseRedirect(form_url(found, view))
        press(request, found, view)
        return HttpResponseRedirect(reverse("records:record", args=[view.id]))
