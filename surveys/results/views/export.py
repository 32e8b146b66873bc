"""The results as a file: at once, or from a job where there are many of them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from records.views.job_files import FileView, WaitingView
from surveys.definitions import surveys_of
from surveys.results import export_jobs
from surveys.results.asking import Asked
from surveys.results.exporting import FORMATS, export, may_export, size_of
from surveys.results.summary.files import PDF, summary_file
from surveys.results.views.base import ResultsScreen

#: In the address of a summary: with what people said.
WORDS = "words"


class ExportView(ResultsScreen):
    """What was asked for stands in the address, with `format`. More than come at once are written when that is
    said, by a button: looking at an address starts nothing."""

    template_name = "surveys/results/export.html"

    def get_page_title(self) -> str:
        return _("Export")

    @property
    def wanted(self) -> str:
        found = self.request.GET.get("format", "")
        return found if found in FORMATS else "xlsx"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET.get("format") == PDF:
            return summary_file(self.chosen, with_words=WORDS in request.GET).response()
        self.insist(may_export(self.survey, self.access))
        number = size_of(self.chosen)
        if number <= export_jobs.AT_ONCE:
            return export(self.chosen, self.wanted).response()
        return self.render_to_response(
            self.get_context_data(
                number=number, label=FORMATS[self.wanted], action=request.get_full_path()
            )
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.insist(may_export(self.survey, self.access))
        job = export_jobs.start(self.chosen, self.wanted)
        return HttpResponseRedirect(reverse("survey_results:exported", args=[job.pk]))


class ExportedView(WaitingView):
    kind = export_jobs.KIND

    @property
    def file_url(self) -> str:
        return reverse("survey_results:exported_file", args=[self.job.pk])

    @property
    def back(self) -> tuple[str, str]:
        args = self.job.args
        if args["survey"] not in surveys_of(self.access.snapshot):
            return reverse("survey_results:list"), _("Surveys")
        url = reverse("survey_results:results", args=[args["survey"]])
        return f"{url}?{Asked.of(args['asked']).query}", _("Back to the results")


class ExportedFileView(FileView):
    kind = export_jobs.KIND

    def may_fetch(self) -> bool:
        return export_jobs.may_fetch(self.job, self.access)
