"""On a record: what automations did with it and why, and the buttons that set some off."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from records.asker import access_of
from records.errors import NotVisible
from records.selectors import reading
from records.selectors.reading import RecordView
from workflows.automations import services, why
from workflows.automations.definitions import AutomationDef, at_work
from workflows.automations.rights import administers
from workflows.models import AutomationRun

MOST_RUNS = 50


def visible_record(request: HttpRequest, pk: int) -> RecordView:
    try:
        return reading.get(pk, access=access_of(request))
    except NotVisible as error:
        raise Http404 from error


def buttons(view: RecordView) -> list[AutomationDef]:
    """Those that this person may set off on this record."""
    if view.archived or not view.may("change"):
        return []
    roles = {role.key for role in view.access.roles}
    return [
        a
        for a in at_work(view.access.snapshot)
        if a.type == view.type.key
        and a.kind == "button"
        and (not a.trigger.get("role") or a.trigger["role"] in roles)
    ]


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
    """Once for each press: a form sent twice carries the same mark."""

    def post(self, request: HttpRequest, pk: int, automation: str) -> HttpResponse:
        view = visible_record(request, pk)
        found = next((a for a in buttons(view) if a.key == automation), None)
        if found is None:
            raise Http404
        mark = request.POST.get("mark", "")[:40] or uuid.uuid4().hex
        began = services.fire(
            "button", [view.id], key=f"button:{view.access.user_id}:{mark}", only=found.key,
            actor=view.access.user,
        )  # fmt: skip
        if began:
            messages.success(request, _("“%(automation)s” begins.") % {"automation": found.label})
        else:
            messages.warning(
                request, _("“%(automation)s” has nothing to do here.") % {"automation": found.label}
            )
        return HttpResponseRedirect(reverse("records:record", args=[view.id]))
