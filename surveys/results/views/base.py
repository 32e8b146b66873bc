"""What the screens of results share."""

from __future__ import annotations

from dataclasses import asdict
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from records.errors import NotVisible
from records.views.base import Crumbs, RecordsMixin, ScreenMixin
from surveys.definitions import SurveyDef
from surveys.results import reach
from surveys.results.asking import Asked
from surveys.results.chosen import Chosen


class SurveyMixin(RecordsMixin):
    """About one survey, named in the address. One of which nothing may be read is not there."""

    @cached_property
    def survey(self) -> SurveyDef:
        found = reach.readable(self.kwargs["survey"], self.access)
        if found is None:
            raise NotVisible(self.kwargs["survey"])
        return found

    @cached_property
    def chosen(self) -> Chosen:
        return Chosen(self.survey, self.access, Asked.of(self.request.GET.dict()))

    def address(self, name: str, *args: Any) -> str:
        """With what was asked."""
        query = self.chosen.asked.query
        url = reverse(f"survey_results:{name}", args=[self.survey.key, *args])
        return f"{url}?{query}" if query else url


class ResultsScreen(SurveyMixin, ScreenMixin, TemplateView):
    header_icon = "tasks"

    def get_breadcrumbs_items(self) -> Crumbs:
        above = [
            {"label": _("Surveys"), "url": reverse("survey_results:list")},
            {"label": self.survey.label, "url": self.address("results")},
        ]
        here = {"label": self.get_page_title(), "url": ""}
        if self.get_page_title() == self.survey.label:
            above.pop()
        return [*self.breadcrumbs_items, *above, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        # The address's own words come along, among them the survey's key.
        known = {
            "survey": self.survey,
            "asked": self.chosen.asked,
            "asked_fields": {k: v for k, v in asdict(self.chosen.asked).items() if v},
            "results_url": self.address("results"),
        }
        return super().get_context_data(**{**kwargs, **known})
