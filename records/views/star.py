"""Marking records to find them again."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.generic import View

from records.selectors.names import record_url
from records.selectors.recent import star
from records.views.base import RecordMixin


class StarView(RecordMixin, View):
    keys = ("title",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        star(self.record.id, access=self.access, on=request.POST.get("on") == "1")
        if "X-Part" in request.headers:
            return HttpResponse(status=204)
        return HttpResponseRedirect(record_url(self.record.id))
