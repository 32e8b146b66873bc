"""Results that were shared, for whoever has the link: numbers alone, as a page and as a document."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from forms_builder.public.base import PublicView
from records.languages import PARAMETER
from surveys.results.charts import chart_of
from surveys.results.chosen import Chosen
from surveys.results.report import numbers
from surveys.results.sharing import opened
from surveys.results.summary.files import shared_file
from surveys.results.trend import step_of


class Shared(PublicView):
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        chosen = opened(token)
        if chosen is None:
            message = _("This link has expired, or was taken back. Ask whoever gave it to you.")
            return self.told(_("Not there any more"), message, status=404)
        return self.shown(chosen, token)

    def shown(self, chosen: Chosen, token: str) -> HttpResponse:
        raise NotImplementedError


class SharedView(Shared):
    def shown(self, chosen: Chosen, token: str) -> HttpResponse:
        found = numbers(chosen)
        query = urlencode({PARAMETER: self.language})
        return render(
            self.request,
            "surveys/results/shared.html",
            {
                "company": self.snapshot.company.name,
                "language": self.language,
                "survey": chosen.survey,
                "headline": found.headline,
                "trend": found.trend,
                "chart": chart_of(found.trend),
                "questions": found.questions,
                "step": step_of(chosen),
                "pdf_url": f"{reverse('shared_summary', args=[token])}?{query}",
            },
        )


class SharedSummaryView(Shared):
    def shown(self, chosen: Chosen, token: str) -> HttpResponse:
        return shared_file(chosen).response()
