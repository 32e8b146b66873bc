"""One response."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from surveys.results.one import One, one
from surveys.results.views.base import ResultsScreen


class ResponseView(ResultsScreen):
    template_name = "surveys/results/response.html"

    @cached_property
    def one(self) -> One:
        return one(self.survey, self.kwargs["response"], self.access)

    def get_page_title(self) -> str:
        return _("Response %(number)s") % {"number": self.one.response.pk}

    def get_page_subtitle(self) -> str:
        return self.survey.label

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(one=self.one, **kwargs)
