"""The surveys of which somebody may read results."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from records.views.base import Crumbs, ScreenMixin
from surveys.results import reach
from surveys.results.chosen import Chosen
from surveys.results.headline import Headline, headline
from surveys.results.rates import Rates, rates


@dataclass(frozen=True)
class Row:
    chosen: Chosen
    headline: Headline
    rates: Rates

    @property
    def url(self) -> str:
        return reverse("survey_results:results", args=[self.chosen.survey.key])


class SurveysView(ScreenMixin, TemplateView):
    template_name = "surveys/results/list.html"
    page_title = _("Surveys")
    header_icon = "tasks"

    def get_breadcrumbs_items(self) -> Crumbs:
        return [*self.breadcrumbs_items, {"label": self.get_page_title(), "url": ""}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = [Chosen(survey, self.access) for survey in reach.readable_surveys(self.access)]
        rows = [Row(chosen, headline(chosen), rates(chosen)) for chosen in found]
        return super().get_context_data(rows=rows, **kwargs)
