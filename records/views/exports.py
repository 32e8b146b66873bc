"""Exporting a list: as what, and then the file, at once or from a job."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from crm_config.conditions.api import ConditionInvalid
from records.exports import build
from records.exports.build import FORMATS, Export
from records.selection import Selection
from records.selectors.lists import default_columns
from records.views.base import TypeScreen
from records.views.bulk import list_of
from records.views.job_files import FileView, WaitingView
from records.views.lists import StateMixin


class ExportView(StateMixin, TypeScreen):
    """The list's state stands in the address, with `ids` where only some of it are meant."""

    part_template = "records/list/export.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.insist(self.access.may("export", self.record_type))
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.insist(self.access.may("export", self.record_type))
        try:
            export = self.export()
            size = build.size_of(export, access=self.access)
        except ConditionInvalid:
            return HttpResponseRedirect(self.state.url(self.record_type))
        if size > build.AT_ONCE:
            job = build.start(export, access=self.access)
            return HttpResponseRedirect(reverse("records:export_result", args=[job.pk]))
        answer = HttpResponse(
            build.build(export, access=self.access), content_type=export.content_type
        )
        name = export.file_name(self.record_type)
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer

    def export(self) -> Export:
        given = self.request.POST
        wanted = given.get("format", "")
        return Export(
            self.selection(),
            self._columns(everything=given.get("which") == "all"),
            self.state.sort,
            wanted if wanted in FORMATS else "xlsx",
            readable=given.get("values") != "codes",
        )

    def _columns(self, *, everything: bool) -> tuple[str, ...]:
        shown = tuple(self.state.columns or self.usual_columns or default_columns(self.record_type))
        if everything:
            shown = tuple(f.key for f in self.record_type.active)
        return ("title", *(key for key in shown if key != "title"))

    def selection(self) -> Selection:
        given = self.request.GET.get("ids")
        ids = [int(i) for i in (given or "").split(",") if i.isascii() and i.isdigit()]
        return Selection(
            self.record_type.key,
            ids=None if given is None else tuple(ids),
            where=self.state.where,
            search=self.state.search,
            archived=self.state.archived,
        )

    def get_page_title(self) -> str:
        return _("Export")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        try:
            number = build.size_of(self.export(), access=self.access)
        except ConditionInvalid:
            number = 0
        return super().get_context_data(
            number=number,
            formats=[(key, label) for key, (label, _format) in FORMATS.items()],
            action=self.request.get_full_path(),
            list_url=self.state.url(self.record_type),
            **kwargs,
        )


class ExportResultView(WaitingView):
    kind = build.KIND

    @property
    def file_url(self) -> str:
        return reverse("records:export_file", args=[self.job.pk])

    @property
    def back(self) -> tuple[str, str]:
        return list_of(self.job, self.access), _("Back to the list")


class ExportFileView(FileView):
    kind = build.KIND

    def may_fetch(self) -> bool:
        return build.may_fetch(self.job, access=self.access)
