"""Voices: what waits to be followed up, the worst and the best, and how teams keep up."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from records.views.base import Crumbs, ScreenMixin
from surveys.definitions import SurveyDef
from surveys.following import voices
from surveys.following.answers import leading_label

SIZE = 25


class VoicesView(ScreenMixin, TemplateView):
    template_name = "surveys/following/voices.html"
    page_title = _("Voices")
    header_icon = "comment"

    def get_breadcrumbs_items(self) -> Crumbs:
        return [*self.breadcrumbs_items, {"label": self.get_page_title(), "url": ""}]

    @cached_property
    def surveys(self) -> list[SurveyDef]:
        found = voices.heard(self.access)
        seen = [s for s in found if self.access.may("view", self.access.snapshot.types[s.type])]
        return sorted(seen, key=lambda survey: survey.label.casefold())

    @cached_property
    def survey(self) -> SurveyDef | None:
        """Whose worst and best are told: the one asked for, else the first."""
        asked = self.request.GET.get("survey", "")
        return next((s for s in self.surveys if s.key == asked), next(iter(self.surveys), None))

    @property
    def page(self) -> Page[Any]:
        asked = self.request.GET
        rows = voices.closed if asked.get("state") == "closed" else voices.waiting
        found = rows(self.access, mine=asked.get("whose") == "mine")
        return Paginator(found, SIZE).get_page(asked.get("p"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page, survey = self.page, self.survey
        return super().get_context_data(
            page=page,
            lines=voices.lines(list(page.object_list), self.access),
            teams=voices.teams(self.access),
            surveys=self.surveys,
            survey=survey,
            measure=leading_label(survey) if survey else "",
            worst=voices.extremes(survey, self.access, best=False) if survey else [],
            best=voices.extremes(survey, self.access, best=True) if survey else [],
            days=voices.DAYS,
            state="closed" if self.request.GET.get("state") == "closed" else "open",
            whose="mine" if self.request.GET.get("whose") == "mine" else "all",
            **kwargs,
        )
