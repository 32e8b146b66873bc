"""Files and images of records: opened by who may see the record and read the field."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpRequest
from django.views.generic import View

from records.errors import NotVisible
from records.uploads import find
from records.views.field import FieldMixin


class FileView(FieldMixin, View):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> FileResponse:
        value = self.record.value(self.field.key) if self.field.type.group == "file" else None
        item = find(self.field, value) if value is not None else None
        if item is None:
            raise NotVisible(self.kwargs["key"])
        inline = self.field.type.kind == "image"
        answer = FileResponse(
            item.file.open("rb"), as_attachment=not inline, filename=item.filename
        )
        # What people upload is never a page of this site, whatever its name says.
        answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
        answer["X-Content-Type-Options"] = "nosniff"
        answer["Cache-Control"] = "private, no-store"
        return answer
