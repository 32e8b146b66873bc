"""What results are called as files."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.text import slugify

from surveys.results.chosen import Chosen


@dataclass(frozen=True)
class File:
    name: str
    content: bytes
    content_type: str

    def response(self) -> HttpResponse:
        found = HttpResponse(self.content, content_type=self.content_type)
        found["Content-Disposition"] = f'attachment; filename="{self.name}"'
        return found


def file_name(chosen: Chosen, ending: str) -> str:
    name = slugify(chosen.survey.label) or chosen.survey.key
    return f"{name}-{chosen.today.isoformat()}.{ending}"
