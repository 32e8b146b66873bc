"""Choosing a list's columns and their order, with and without a script."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from crm_config.definitions import FieldDef
from records.forms.columns import chosen, moved, offered
from records.selectors.lists import default_columns
from records.views.base import TypeScreen
from records.views.lists import StateMixin


class ColumnsView(StateMixin, TypeScreen):
    """POST takes `columns` in order. A button `add`, `drop`, `up` or `down` changes one; `apply` is done."""

    part_template = "records/list/columns.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        given = request.POST
        if "usual" in given:
            return self.leave(self.state.but(columns=()).url(self.record_type))
        keys = self._changed([f.key for f in chosen(given.getlist("columns"), self.offered)])
        if "apply" in given:
            columns = ("title", *keys)
            return self.leave(self.state.but(columns=columns).url(self.record_type))
        return self.render_to_response(self.get_context_data(keys=keys))

    def _changed(self, keys: list[str]) -> list[str]:
        given = self.request.POST
        if added := given.get("add"):
            keys.append(added)
        if dropped := given.get("drop"):
            keys = [key for key in keys if key != dropped]
        keys = moved(keys, given.get("up", ""), -1)
        return moved(keys, given.get("down", ""), 1)

    @cached_property
    def offered(self) -> list[FieldDef]:
        return offered(self.record_type, access=self.access)

    def get_page_title(self) -> str:
        return _("Columns")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        current = self.state.columns or self.usual_columns or default_columns(self.record_type)
        shown = chosen(kwargs.pop("keys", current), self.offered)
        return super().get_context_data(
            shown=shown,
            others=[f for f in self.offered if f not in shown],
            action=self.state.url(self.record_type, "columns"),
            list_url=self.state.url(self.record_type),
            **kwargs,
        )
