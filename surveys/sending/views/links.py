"""Links that are open to whoever has them: for pages, receipts, posters and counters."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import FormView, View
from wagtail.admin import messages

from records.views.base import RecordsMixin, ScreenMixin
from surveys.answering.links import address_of, path_of
from surveys.definitions import SurveyDef, survey_of
from surveys.models import OpenLink
from surveys.sending.forms import LinkForm
from surveys.sending.rights import may_send


class OneSurvey(RecordsMixin):
    kwargs: dict[str, Any]

    @cached_property
    def survey(self) -> SurveyDef:
        found = survey_of(self.access.snapshot, self.kwargs["survey"])
        if found is None or not may_send(found, self.access):
            raise Http404
        return found

    @property
    def url(self) -> str:
        return reverse("survey_sending:links", args=[self.survey.key])

    def link(self) -> OpenLink:
        return get_object_or_404(OpenLink, survey=self.survey.key, pk=self.kwargs["pk"])


class LinksView(OneSurvey, ScreenMixin, FormView):
    template_name = "surveys/sending/links.html"
    form_class = LinkForm
    header_icon = "link"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data())

    def get_page_title(self) -> str:
        return _("Links to %(survey)s") % {"survey": self.survey.label}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"label": _("Sending surveys"), "url": reverse("survey_sending:all")}
        return [*self.breadcrumbs_items, above, {"label": self.get_page_title(), "url": ""}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = OpenLink.objects.filter(survey=self.survey.key).select_related("created_by")
        return super().get_context_data(
            survey=self.survey,
            rows=[(row, address_of(row.token), path_of(row.token)) for row in rows],
            embeds=self.survey.settings.get("embed") or (),
            **kwargs,
        )

    def form_valid(self, form: LinkForm) -> HttpResponse:
        row = form.save(commit=False)
        row.survey, row.created_by = self.survey.key, self.access.user
        row.save()
        messages.success(self.request, _("The link was made."))
        return HttpResponseRedirect(self.url)


class CloseView(OneSurvey, View):
    """What was answered stays."""

    def post(self, request: HttpRequest, survey: str, pk: int) -> HttpResponse:
        if self.access.read_only:
            raise PermissionDenied
        OpenLink.objects.filter(pk=self.link().pk, closed_at=None).update(closed_at=timezone.now())
        messages.success(request, _("The link is closed."))
        return HttpResponseRedirect(self.url)
