"""The results as a file."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.generic import View

from surveys.results.exporting import FORMATS, export, may_export
from surveys.results.summary.files import PDF, summary_file
from surveys.results.views.base import SurveyMixin

#: In the address of a summary: with what people said.
WORDS = "words"


class ExportView(SurveyMixin, View):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        wanted = request.GET.get("format", "")
        if wanted == PDF:
            return summary_file(self.chosen, with_words=WORDS in request.GET).response()
        self.insist(may_export(self.survey, self.access))
        return export(self.chosen, wanted if wanted in FORMATS else "xlsx").response()
