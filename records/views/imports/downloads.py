"""Sheets of rows, and mappings as files."""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.text import slugify
from django.views.generic import View

from records.imports import selectors
from records.imports.formats import FORMATS
from records.imports.sheets import SHEETS, as_csv, as_xlsx, sheet_rows
from records.views.base import RecordsMixin
from records.views.imports.base import ContentMixin


class SheetView(ContentMixin, View):
    """Rows as they came, with what became of them. CSV comes piece by piece, a workbook at once."""

    def get(
        self, request: HttpRequest, *args: Any, which: str, suffix: str, **kwargs: Any
    ) -> HttpResponseBase:
        if which not in SHEETS or suffix not in ("csv", "xlsx"):
            raise Http404
        rows = sheet_rows(self.run, which, self.access)
        answer: HttpResponseBase
        if suffix == "csv":
            answer = StreamingHttpResponse(as_csv(rows), content_type="text/csv; charset=utf-8")
        else:
            kind = FORMATS["xlsx"].get_content_type()
            answer = HttpResponse(as_xlsx(rows, which), content_type=kind)
        answer["Content-Disposition"] = f'attachment; filename="{self._name(which)}.{suffix}"'
        return answer

    def _name(self, which: str) -> str:
        stem = slugify(PurePath(self.run.name).stem) or "import"
        return f"{stem}-{self.run.pk}-{which}"


class SourceView(ContentMixin, View):
    """The file as it came."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> FileResponse:
        name = self.run.file.name
        if not name or not self.run.file.storage.exists(name):
            raise Http404
        return FileResponse(self.run.file.open("rb"), as_attachment=True, filename=self.run.name)


class RunMappingView(ContentMixin, View):
    """The mapping of an import, for the command line or another system."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return mapping_file(self.run.mapping, PurePath(self.run.name).stem)


class SavedMappingView(RecordsMixin, View):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        saved = selectors.saved_mapping(self.kwargs["pk"], access=self.access)
        return mapping_file({"name": saved.name, **saved.mapping}, saved.name)


def mapping_file(raw: dict[str, Any], name: str) -> HttpResponse:
    text = json.dumps(raw, indent=2, ensure_ascii=False) + "\n"
    answer = HttpResponse(text, content_type="application/json")
    stem = slugify(name) or "mapping"
    answer["Content-Disposition"] = f'attachment; filename="{stem}.mapping.json"'
    return answer
