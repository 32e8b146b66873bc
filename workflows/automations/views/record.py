"""On a record: what automations did with it and why, and the buttons that set some off."""

from __future__ import annotations

import contextlib
import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from records.access import Access
from records.asker import access_of
from records.errors import NotVisible
from records.selectors import reading
from records.selectors.reading import RecordView
from workflows.automations import services, why
from workflows.automations.conversions import in_order
from workflows.automations.definitions import ActionDef, AutomationDef, at_work, each
from workflows.automations.rights import administers
from workflows.models import AutomationRun

MOST_RUNS = 50
MOST_OPENED = 5


def visible_record(request: HttpRequest, pk: int) -> RecordView:
    try:
        return reading.get(pk, access=access_of(request))
    except NotVisible as error:
        raise Http404 from error


def buttons(view: RecordView) -> list[AutomationDef]:
    """Those that this person may set off on this record, as it is now."""
    if view.archived or not view.may("change"):
        return []
    roles = {role.key for role in view.access.roles}
    return [
        a
        for a in at_work(view.access.snapshot)
        if a.type == view.type.key
        and a.kind == "button"
        and (not a.trigger.get("role") or a.trigger["role"] in roles)
        and services.fits(a, view.record, view.access.snapshot, noting=False)
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
        began = services.press(found, view.id, mark=mark, actor=view.access.user)
        self._tell(request, found, view.access, began)
        return HttpResponseRedirect(reverse("records:record", args=[view.id]))

    def _tell(
        self,
        request: HttpRequest,
        found: AutomationDef,
        access: Access,
        began: AutomationRun | None,
    ) -> None:
        name = {"automation": found.label}
        if began is None:
            messages.warning(request, _("“%(automation)s” has nothing to do here.") % name)
        elif began.state == AutomationRun.State.DONE:
            messages.success(
                request, _("“%(automation)s” is done.") % name, buttons=opened(found, began, access)
            )
        elif began.state in (AutomationRun.State.PAUSED, AutomationRun.State.STOPPED):
            said = _("“%(automation)s” did not go through.") % name
            # What stood in the way of the system can name what this person may not read.
            messages.error(request, f"{said} {began.reason}" if found.run_as == "actor" else said)
        else:
            messages.success(request, _("“%(automation)s” begins.") % name)


def opened(found: AutomationDef, run: AutomationRun, access: Access) -> list[Any]:
    """Buttons that lead to what the run made, in the order it did, as far as this person may see it."""
    ids = [pk for action in each(found.actions) for pk in _made(action, run)]
    seen = []
    for pk in ids[:MOST_OPENED]:
        with contextlib.suppress(NotVisible):
            seen.append(reading.get(pk, access=access))
    return [
        messages.button(reverse("records:record", args=[v.id]), f"{v.type.label}: {v.title}")
        for v in seen
    ]


def _made(action: ActionDef, run: AutomationRun) -> list[int]:
    kept = run.context.get(action.key)
    if isinstance(kept, dict):
        names = in_order(action.arguments.get("targets", {}))
        return [kept[name] for name in names if isinstance(kept.get(name), int)]
    return [kept] if isinstance(kept, int) and kept != run.record_id else []
