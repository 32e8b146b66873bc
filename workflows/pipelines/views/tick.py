"""Ticking what is to be done in a stage."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages

from records.errors import Forbidden
from records.selectors.names import record_url
from records.views.base import RecordMixin
from workflows.pipelines import ticking


class TickView(RecordMixin, View):
    http_method_names = ["post"]
    keys = ("title",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        stage = ticking.stage_of(self.record)
        if stage is not None and request.POST.get("stage") != stage.key:
            # Somebody moved it on while the page stood open.
            messages.warning(request, _("It is in another stage by now."))
            return HttpResponseRedirect(record_url(self.record.id))
        done = request.POST.get("done") == "1"
        try:
            ticking.tick(self.record, kwargs["item"], done=done, access=self.access)
        except Forbidden as error:
            raise PermissionDenied from error
        return HttpResponseRedirect(f"{record_url(self.record.id)}#wf-checks-title")
