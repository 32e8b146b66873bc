"""Files that a job writes: the page on which somebody waits for theirs, and the file itself."""

from __future__ import annotations

from typing import Any

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from records.errors import NotVisible
from records.exports import files
from records.views.base import Crumbs, ScreenMixin
from records.views.bulk import JobMixin


class WaitingView(JobMixin, ScreenMixin, TemplateView):
    """How far the job is, and the way to the file once it is there."""

    template_name = "records/exports/waiting.html"
    header_icon = "download"

    @property
    def file_url(self) -> str:
        raise NotImplementedError

    @property
    def back(self) -> tuple[str, str]:
        """To where it was asked for: address and name."""
        raise NotImplementedError

    def get_page_title(self) -> str:
        return _("Export")

    def get_breadcrumbs_items(self) -> Crumbs:
        return [*self.breadcrumbs_items, {"label": self.get_page_title(), "url": ""}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        back_url, back_label = self.back
        return super().get_context_data(
            job=self.job,
            result=self.job.result or {},
            file_url=self.file_url,
            back_url=back_url,
            back_label=back_label,
            **kwargs,
        )


class FileView(JobMixin, View):
    """For whoever asked for it, as long as they may have what is in it."""

    def may_fetch(self) -> bool:
        raise NotImplementedError

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> FileResponse:
        place = files.place_of(self.job)
        if not place:
            raise NotVisible(self.kwargs["pk"])
        self.insist(self.may_fetch())
        found = default_storage.open(place, "rb")
        return FileResponse(found, as_attachment=True, filename=self.job.result["name"])
