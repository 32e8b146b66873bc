"""Sendings: how far each came, who was left out and why, and stopping it."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView, View
from wagtail.admin import messages

from records.selectors.recent import visible_in_order
from records.views.base import RecordsMixin, ScreenMixin
from surveys.definitions import SurveyDef, surveys_of
from surveys.models import Dispatch, Invitation
from surveys.sending import dispatching, reasons
from surveys.sending.menu import sendable
from surveys.sending.rights import may_send

MOST = 50
LEFT_OUT = (Invitation.Status.SKIPPED, Invitation.Status.FAILED, Invitation.Status.BOUNCED,
            Invitation.Status.UNSURE, Invitation.Status.CANCELLED)  # fmt: skip
LABELS = (
    ("made", gettext_lazy("To be asked")),
    ("sent", gettext_lazy("Sent")),
    ("delivered", gettext_lazy("Delivered")),
    ("opened", gettext_lazy("Opened")),
    ("started", gettext_lazy("Started")),
    ("partial", gettext_lazy("Answered in part")),
    ("completed", gettext_lazy("Completed")),
    ("reminded", gettext_lazy("Reminded")),
    ("left", gettext_lazy("Left out")),
    ("bounced", gettext_lazy("Not deliverable")),
    ("failed", gettext_lazy("Failed")),
    ("complained", gettext_lazy("Reported as spam")),
    ("cancelled", gettext_lazy("Called back")),
    ("unsure", gettext_lazy("Perhaps sent")),
)
#: Shown also where they are none.
ALWAYS = frozenset({"made", "sent", "started", "partial", "completed", "left"})


class SendersOnly(RecordsMixin):
    @cached_property
    def sendable(self) -> dict[str, SurveyDef]:
        found = {survey.key: survey for survey in sendable(self.access)}
        if not found:
            raise PermissionDenied
        return found


class DispatchesView(SendersOnly, ScreenMixin, TemplateView):
    """One's own, and those of surveys that one may send."""

    template_name = "surveys/sending/dispatches.html"
    page_title = gettext_lazy("Sending surveys")
    header_icon = "mail"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"label": self.get_page_title(), "url": ""}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = Dispatch.objects.filter(survey__in=self.sendable).select_related("created_by")
        return super().get_context_data(
            rows=[(row, self.sendable[row.survey]) for row in rows[:MOST]],
            surveys=self.sendable.values(),
            **kwargs,
        )


class OneDispatch(SendersOnly):
    """Whoever may not send the survey finds none of its sendings."""

    kwargs: dict[str, Any]

    @cached_property
    def row(self) -> Dispatch:
        rows = Dispatch.objects.select_related("created_by").filter(pk=self.kwargs["pk"])
        row = rows.first()
        survey = surveys_of(self.access.snapshot).get(row.survey) if row else None
        if row is None or survey is None or not may_send(survey, self.access):
            raise Http404
        return row


class DispatchView(OneDispatch, ScreenMixin, TemplateView):
    template_name = "surveys/sending/dispatch.html"
    header_icon = "mail"

    def get_page_title(self) -> str:
        return str(self.row.name)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"label": _("Sending surveys"), "url": reverse("survey_sending:all")}
        return [*self.breadcrumbs_items, above, {"label": self.row.name, "url": ""}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = dispatching.counts(self.row)
        survey = surveys_of(self.access.snapshot)[self.row.survey]
        hidden = {"partial"} if survey.is_anonymous else set()
        return super().get_context_data(
            row=self.row,
            survey=survey,
            figures=[
                (label, found[key])
                for key, label in LABELS
                if (found[key] or key in ALWAYS) and key not in hidden
            ],
            found=found,
            why=[
                (reasons.words(code, self.access.snapshot), number)
                for code, number in sorted(self.row.counted.items(), key=lambda each: -each[1])
            ],
            left=self._left(),
            **kwargs,
        )

    def _left(self) -> list[tuple[Any, Invitation, str]]:
        """Those whose record the reader sees; the others stand in the counts."""
        rows = list(
            Invitation.objects.filter(dispatch=self.row, status__in=LEFT_OUT).exclude(record=None)[
                :MOST
            ]
        )
        ids = [row.record_id for row in rows if row.record_id is not None]
        seen = {view.id: view for view in visible_in_order(ids, access=self.access)}
        return [
            (seen[row.record_id], row, reasons.told(row, self.access.snapshot))
            for row in rows
            if row.record_id in seen
        ]


class _Doing(OneDispatch, View):
    """One button of the page."""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if self.access.read_only:
            raise PermissionDenied
        self.do(request)
        return HttpResponseRedirect(reverse("survey_sending:dispatch", args=[self.row.pk]))

    def do(self, request: HttpRequest) -> None:
        raise NotImplementedError


class StopView(_Doing):
    def do(self, request: HttpRequest) -> None:
        if dispatching.stop(self.row):
            messages.success(request, _("It is stopped: nothing more goes out."))


class GoOnView(_Doing):
    def do(self, request: HttpRequest) -> None:
        if dispatching.go_on(self.row):
            messages.success(request, _("It goes on."))


class AgainView(_Doing):
    def do(self, request: HttpRequest) -> None:
        number = dispatching.send_again(self.row)
        said = ngettext("%(number)s is sent again.", "%(number)s are sent again.", number)
        messages.success(request, said % {"number": number})
