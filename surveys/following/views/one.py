"""One follow-up: what was said, the record, what was done, and one's own part in it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View
from wagtail.admin import messages

from forms_builder.engine.logic import Broken
from records.errors import Forbidden
from records.selectors.names import link_labels
from records.views.base import Crumbs, RecordsMixin, ScreenMixin
from surveys.definitions import surveys_of
from surveys.following import services, visibility, voices
from surveys.following.answers import Said, said
from surveys.following.forms import OutcomeForm
from surveys.models import FollowUp


class FollowUpMixin(RecordsMixin):
    request: HttpRequest

    @cached_property
    def row(self) -> FollowUp:
        return visibility.get(self.kwargs["pk"], access=self.access)

    def again(self) -> HttpResponse:
        return HttpResponseRedirect(reverse("voices:follow_up", args=[self.row.pk]))

    def tried(self, act: Callable[[], object], words: str) -> HttpResponse:
        self.insist(visibility.may_work(self.row, self.access))
        try:
            act()
            messages.success(self.request, words)
        except Forbidden as refused:
            messages.error(self.request, refused.message)
        return self.again()


class FollowUpView(FollowUpMixin, ScreenMixin, TemplateView):
    template_name = "surveys/following/follow_up.html"
    header_icon = "comment"

    @cached_property
    def line(self) -> voices.Line:
        return voices.lines([self.row], self.access)[0]

    def get_page_title(self) -> str:
        return self.line.rule

    def get_page_subtitle(self) -> str:
        return self.line.record.title if self.line.record else ""

    def get_breadcrumbs_items(self) -> Crumbs:
        return [
            *self.breadcrumbs_items,
            {"label": _("Voices"), "url": reverse("voices:list")},
            {"label": self.get_page_title(), "url": ""},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", OutcomeForm())
        row = self.row
        labels = link_labels(
            [pk for pk in (row.response.person_id, row.made_id) if pk], access=self.access
        )
        seen = {pk: label for pk, label in labels.items() if label.visible}
        person = seen.get(row.response.person_id or 0)
        return super().get_context_data(
            row=row,
            line=self.line,
            answers=self._answers(),
            person=person if row.response.person_id != row.record_id else None,
            made=seen.get(row.made_id or 0),
            steps=row.steps.select_related("by"),
            may_work=visibility.may_work(row, self.access),
            mine=row.owner_id == self.access.user_id,
            is_closed=row.status == FollowUp.Status.CLOSED,
            **kwargs,
        )

    def _answers(self) -> list[Said] | None:
        """None where the survey, as it is published now, cannot read them."""
        survey = surveys_of(self.access.snapshot).get(self.row.survey)
        if survey is None:
            return None
        try:
            return list(said(self.row.response, survey, self.access.snapshot))
        except Broken:
            return None

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.insist(visibility.may_work(self.row, self.access))
        form = OutcomeForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        words = form.cleaned_data["words"]
        if form.cleaned_data["go"] == "close":
            return self.tried(
                lambda: services.close(self.row, words, access=self.access),
                _("The follow-up is closed."),
            )
        return self.tried(
            lambda: services.note(self.row, words, access=self.access), _("It was noted.")
        )


class _ActView(FollowUpMixin, View):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.again()


class TakeView(_ActView):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.tried(
            lambda: services.take(self.row, access=self.access), _("The follow-up is yours.")
        )


class ReopenView(_ActView):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.tried(
            lambda: services.reopen(self.row, access=self.access),
            _("The follow-up is open again."),
        )


class TryAgainView(_ActView):
    """What could not be done is tried once more."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.tried(
            lambda: services.try_again(self.row, access=self.access), _("It was tried again.")
        )
