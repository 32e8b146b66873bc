"""Business calendars in the studio."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets.button import HeaderButton

from crm_config.references import Reference
from crm_config.views.base import ConfirmView, StudioFormView, StudioView, Trail
from workflows.deadlines.definitions import CALENDARS, calendars_of
from workflows.deadlines.examples import example
from workflows.deadlines.forms.calendar import CalendarForm
from workflows.deadlines.sections import CalendarSection
from workflows.models import BusinessCalendar

TWO_HOURS = timedelta(hours=2)


class _Trail:
    def trail(self) -> Trail:
        return [(_("Business calendars"), reverse("deadline_studio:calendars"))]


class CalendarsView(StudioView):
    template_name = "workflows/deadlines/studio/calendars.html"
    page_title = gettext_lazy("Business calendars")
    header_icon = "calendar-alt"

    def get_header_buttons(self) -> list[Any]:
        url = reverse("deadline_studio:calendar_add")
        return [HeaderButton(_("New calendar"), url=url, icon_name="plus")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = list(calendars_of(self.copy.draft.snapshot).values())
        return super().get_context_data(rows=rows, **kwargs)


class _FormView(_Trail, StudioFormView):
    template_name = "workflows/deadlines/studio/form.html"
    form_class = CalendarForm
    header_icon = "calendar-alt"
    row: BusinessCalendar | None = None

    def get_form_kwargs(self) -> dict[str, Any]:
        more = {"languages": self.languages, "calendar": self.row}
        return {**super().get_form_kwargs(), **more}

    def get_success_url(self) -> str:
        return reverse("deadline_studio:calendars")

    def form_valid(self, form: CalendarForm) -> HttpResponse:
        CalendarSection().load([form.raw], replace=False)
        return self.done(_("The calendar was saved. It counts once it is published."))


class AddCalendarView(_FormView):
    page_title = gettext_lazy("New calendar")
    submit_label = gettext_lazy("Add calendar")


class _One:
    kwargs: Mapping[str, Any]

    @cached_property
    def row(self) -> BusinessCalendar:
        return get_object_or_404(BusinessCalendar, key=self.kwargs["calendar"])


class CalendarView(_One, _FormView):  # type: ignore[misc]
    def get_page_title(self) -> str:
        return str(self.row.label)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        calendar = calendars_of(self.copy.draft.snapshot)[self.row.key]
        return super().get_context_data(
            about=[
                _("With two hours of time:"),
                example(calendar, TWO_HOURS, timezone.now()),
            ],
            delete_url=reverse("deadline_studio:calendar_delete", args=[self.row.key]),
            **kwargs,
        )


class DeleteCalendarView(_Trail, _One, ConfirmView):
    confirm_label = gettext_lazy("Delete the calendar")

    def get_page_title(self) -> str:
        return _("Delete the calendar %(name)s?") % {"name": self.row.label}

    def get_success_url(self) -> str:
        return reverse("deadline_studio:calendars")

    @cached_property
    def blocking(self) -> list[Reference]:
        return self.copy.users_of((CALENDARS, self.row.key))

    def explanation(self) -> Sequence[str]:
        return [_("Once this is published, nothing is counted by it any more.")]

    def perform(self, form: Any) -> HttpResponse:
        self.row.delete()
        return self.done(_("The calendar was deleted."))
