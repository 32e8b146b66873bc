"""Planning many activities with the records of a list or a segment: asked, looked over, done, taken back."""

from __future__ import annotations

import uuid
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages

from crm_config.conditions.api import ConditionInvalid
from crm_config.definitions import TypeDef
from records.access import Access
from records.errors import NotVisible
from records.selection import chunks, how_many
from records.selectors import RecordView
from records.selectors.names import user_names
from records.selectors.recent import visible_in_order
from records.views.base import ScreenMixin
from records.views.bulk import ListOrSegmentMixin
from workflows.todo import planning
from workflows.todo.planning_form import PlanForm
from workflows.todo.sources.activities import moment_of
from workflows.todo.team import members


def address(record_type: TypeDef, access: Access) -> str:
    """For lists and segments of what activities can be about."""
    if access.read_only or not planning.types_about(record_type, access):
        return ""
    return reverse("todo:plan", args=[record_type.key])


class PlanView(ListOrSegmentMixin):
    template_name = "workflows/todo/plan.html"
    page_title = gettext_lazy("Plan visits")

    @cached_property
    def types(self) -> list[TypeDef]:
        found = planning.types_about(self.record_type, self.access)
        self.insist(bool(found) and not self.access.read_only)
        return found

    @cached_property
    def number(self) -> int:
        return how_many(self.selection, access=self.access).number

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.request.GET.get("segment") or not self.types:
            return HttpResponseRedirect(self.state.url(self.record_type))
        return self._asked()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._asked() if self.types else HttpResponseRedirect(self.list_url)

    @property
    def list_url(self) -> str:
        return self.state.url(self.record_type)

    def _asked(self) -> HttpResponse:
        try:
            number = self.number
        except ConditionInvalid:
            return self._back(_("The list's filter can no longer be used."))
        if self.selection.ids == () or not number:
            return self._back(_("Select some records first."))
        if number > planning.MOST:
            said = _("At most %(number)s can be planned at once: narrow the list down.")
            return self._back(said % {"number": planning.MOST})
        return self._step()

    def _back(self, why: str) -> HttpResponse:
        messages.warning(self.request, why)
        return HttpResponseRedirect(self.list_url)

    def _step(self) -> HttpResponse:
        step = self.request.POST
        bound = "run" in step or "preview" in step
        form = PlanForm(
            step if bound else None,
            types=self.types,
            people=members(self.access),
            access=self.access,
        )
        if not bound or not form.is_valid():
            return self._render(form=form)
        plan = form.plan()
        planned, left = planning.visits(plan, self.records, self.access)
        if "run" in step and planned:
            batch = planning.carry_out(plan, planned, access=self.access)
            return HttpResponseRedirect(reverse("todo:planned", args=[batch]))
        outcomes = planning.look(plan, planned, access=self.access)
        names = user_names({v.person for v in planned if v.person is not None})
        rows = [
            (visit, names.get(visit.person or 0, ""), [str(r.message) for r in outcome.refusals])
            for visit, outcome in zip(planned, outcomes, strict=True)
        ]
        rows.sort(key=lambda row: (row[0].at, row[1]))
        fine = sum(outcome.ok for outcome in outcomes)
        return self._render(form=form, rows=rows, left=left, fine=fine)

    @cached_property
    def records(self) -> list[RecordView]:
        """By name, so that the same look twice gives the same plan."""
        ids = next(iter(chunks(self.selection, access=self.access, size=planning.MOST)), ())
        found = visible_in_order(list(ids), access=self.access)
        return sorted(found, key=lambda view: (view.title.casefold(), view.id))

    def _render(self, **kwargs: Any) -> HttpResponse:
        action = reverse("todo:plan", args=[self.record_type.key])
        media = kwargs["form"].media
        return self.render_to_response(self.get_context_data(action=action, media=media, **kwargs))


class PlannedView(ScreenMixin, TemplateView):
    """What was planned, and the way to take it back."""

    template_name = "workflows/todo/planned.html"
    page_title = gettext_lazy("Planned")
    header_icon = "calendar-alt"

    @cached_property
    def batch(self) -> uuid.UUID:
        found: uuid.UUID = self.kwargs["batch"]
        if not planning.made_in(found, self.access):
            raise NotVisible(found)
        return found

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"label": _("To do"), "url": reverse("todo:index")}
        return [*self.breadcrumbs_items, above, {"label": self.get_page_title(), "url": ""}]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.insist(not self.access.read_only)
        receipt = planning.take_back(self.batch, access=self.access)
        return self.render_to_response(self.get_context_data(receipt=receipt))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        made = planning.made_in(self.batch, self.access)
        seen = [v for v in visible_in_order(made, access=self.access) if not v.archived]
        rows = [(view, moment_of(view)) for view in seen]
        return super().get_context_data(rows=rows, made=len(made), **kwargs)
