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
from records.selectors import RecordView
from records.selectors.names import link_labels
from records.views.base import Crumbs, RecordsMixin, ScreenMixin
from surveys.definitions import surveys_of
from surveys.following import services, visibility, voices, work
from surveys.following.answers import Said, said
from surveys.following.came_of_it import told
from surveys.following.finishing import ways_to_end
from surveys.following.forms import OutcomeForm
from surveys.models import FollowUp
from workflows.todo.sources.activities import may_close


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
        kwargs.setdefault("form", self.form())
        row, made = self.row, self.made
        labels = link_labels(filter(None, [row.response.person_id]), access=self.access)
        person = labels.get(row.response.person_id or 0)
        return super().get_context_data(
            row=row,
            line=self.line,
            answers=self._answers(),
            person=person
            if person and person.visible and row.response.person_id != row.record_id
            else None,
            made=made,
            made_open=made is not None and work.is_open(made),
            may_finish=made is not None and work.is_open(made) and may_close(made),
            came_of_it=told(made) if made is not None else [],
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

    @cached_property
    def made(self) -> RecordView | None:
        return work.of(self.row, self.access)

    def form(self, data: Any = None) -> OutcomeForm:
        ends = ways_to_end(self.made) if self.made is not None else []
        return OutcomeForm(data, ends=[(each.stage.key, each.stage.label) for each in ends])

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.insist(visibility.may_work(self.row, self.access))
        form = self.form(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        words = form.cleaned_data["words"]
        if form.cleaned_data["go"] == "close":
            return self._close(form)
        return self.tried(
            lambda: services.note(self.row, words, access=self.access), _("It was noted.")
        )

    def _close(self, form: OutcomeForm) -> HttpResponse:
        """What was typed is kept where it is refused."""
        words, stage = form.cleaned_data["words"], form.cleaned_data.get("stage", "")
        try:
            services.close(self.row, words, access=self.access, stage=stage)
        except Forbidden as refused:
            form.add_error(
                "stage" if "stage" in form.fields and not stage else "words", refused.message
            )
            return self.render_to_response(self.get_context_data(form=form))
        messages.success(self.request, _("The follow-up is closed."))
        return self.again()


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
