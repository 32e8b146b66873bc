"""Moving an activity to another day: by dragging it in the calendar, or by its menu."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from records.forms.fields import IN_DIALOGS
from records.selectors.names import record_url
from records.views.base import RecordScreen
from workflows.todo import rescheduling


class DayForm(forms.Form):
    day = forms.DateField(label=gettext_lazy("To"), widget=IN_DIALOGS["date"]())


class RescheduleView(RecordScreen):
    """GET asks for the day, POST moves. The calendar gets JSON, and stays where it is."""

    part_template = "workflows/todo/reschedule.html"
    page_title = gettext_lazy("Move to another day")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.insist(rescheduling.may_move(self.record))
        form = DayForm(initial={"day": rescheduling.day_of(self.record)})
        return self.render_to_response(self.get_context_data(form=form))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.insist(rescheduling.may_move(self.record))
        form = DayForm(request.POST)
        if form.is_valid():
            outcome = rescheduling.move(
                self.record,
                form.cleaned_data["day"],
                access=self.access,
                base_version=self._version(),
            )
            if outcome.ok:
                return self._moved()
            for refusal in outcome.refusals:
                form.add_error(None, str(refusal.message))
        status = 422 if request.POST.get("dragged") else 200
        return self.render_to_response(self.get_context_data(form=form), status=status)

    def _moved(self) -> HttpResponse:
        if "X-Part" in self.request.headers:
            return JsonResponse({"id": self.record.id})
        messages.success(self.request, _("“%(title)s” was moved.") % {"title": self.record.title})
        return HttpResponseRedirect(record_url(self.record.id))

    def _version(self) -> int | None:
        given = self.request.POST.get("base_version", "")
        return int(given) if given.isascii() and given.isdigit() else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        day = rescheduling.day_of(self.record) or date.today()
        offered = [
            (day + timedelta(days=1), _("A day later")),
            (day + timedelta(days=7), _("A week later")),
            (day - timedelta(days=1), _("A day earlier")),
        ]
        return super().get_context_data(
            action=reverse("todo:reschedule", args=[self.record.id]),
            offered=offered,
            media=kwargs["form"].media,
            **kwargs,
        )
