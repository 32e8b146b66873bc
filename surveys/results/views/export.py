"""The results as a file."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.generic import View

from surveys.results.exporting import FORMATS, export, may_export
from surveys.results.views.base import SurveyMixin


class ExportView(SurveyMixin, View):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.insist(may_export(self.survey, self.access))
        wanted = request.GET.get("format", "")
        made = export(self.chosen, wanted if wanted in FORMATS else "xlsx")
        answer = HttpResponse(made.content, content_type=made.content_type)
        answer["Content-Disposition"] = f'attachment; filename="{made.name}"'
        return answer
