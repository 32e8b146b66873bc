"""Who builds what: named in the address, and asked for the right to."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.generic import View

from crm_config.definitions import Snapshot
from crm_config.permissions import ADMINISTER
from crm_config.working_copy.reading import WorkingCopy
from records.builder.desk import Desk
from records.builder.purposes import PURPOSES
from records.builder.rows import rows_of
from records.builder.rows.base import Row
from records.builder.sheet import BadShape, Sheet
from records.errors import NotVisible
from records.views.base import RecordsMixin


class BuilderView(RecordsMixin, View):
    """Filters are built over the live configuration by whoever sees records of the type; rules over the working
    copy by administrators. `name` is that of the form field."""

    http_method_names = ["post", "options"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except BadShape as error:
            raise BadRequest(str(error)) from error

    @cached_property
    def desk(self) -> Desk:
        purpose, key = self.kwargs["purpose"], self.kwargs["type"]
        use = PURPOSES.get(purpose)
        if use is None:
            raise NotVisible(purpose)
        if use.ruled:
            self.insist(self.request.user.has_perm(ADMINISTER))
        snapshot: Snapshot = WorkingCopy().draft.snapshot if use.ruled else self.access.snapshot
        record_type = use.find(snapshot, key)
        if record_type is None or not (use.ruled or self.access.may("view", record_type)):
            raise NotVisible(key)
        return Desk(purpose, record_type, snapshot, self.access)

    @property
    def name(self) -> str:
        return self.request.POST.get("builder", "")

    @cached_property
    def sheet(self) -> Sheet:
        return Sheet.read(self.name, self.request.POST)

    def row(self, node_id: str) -> Row:
        """Raises `BadShape` for one that does not stand there."""
        found = next((r for r in rows_of(self.sheet, self.desk).walk() if r.id == node_id), None)
        if found is None:
            raise BadShape(node_id)
        return found

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        raise NotImplementedError
