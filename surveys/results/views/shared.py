"""Results that were shared, for whoever has the link: numbers alone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from forms_builder.public.base import PublicView
from surveys.results.charts import chart_of
from surveys.results.distributions import distributions
from surveys.results.headline import headline
from surveys.results.sharing import opened
from surveys.results.trend import step_of, trend


class SharedView(PublicView):
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        chosen = opened(token)
        if chosen is None:
            message = _("This link has expired, or was taken back. Ask whoever gave it to you.")
            return self.told(_("Not there any more"), message, status=404)
        points = trend(chosen)
        return render(
            request,
            "surveys/results/shared.html",
            {
                "company": self.snapshot.company.name,
                "language": self.language,
                "survey": chosen.survey,
                "headline": headline(chosen),
                "trend": points,
                "chart": chart_of(points),
                "questions": distributions(chosen),
                "step": step_of(chosen),
            },
        )
