"""Rows drawn by the server: new ones, changed ones, copies, or all of them."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from records.builder.commands import COMMANDS
from records.builder.load import load
from records.builder.sheet import BadShape
from records.views.conditions.base import BuilderView
from records.widgets.condition import drawn, tree


class RowsView(BuilderView):
    """`do` is a command, on the row `at`; or `all` for the whole, or `json` for rows made from `text`."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        do, desk = request.POST.get("do", ""), self.desk
        if do == "json":
            return self._from_json(request.POST.get("text", ""))
        if do == "all":
            return HttpResponse(tree(self.sheet, desk))
        node = self.sheet.find(request.POST.get("at", ""))
        if node is None or do not in COMMANDS or (do == "copy" and node is self.sheet.root):
            raise BadShape(do)
        changed = COMMANDS[do](self.sheet, node, request.POST.get("value", ""))
        return HttpResponse(drawn(self.row(changed.id)))

    def _from_json(self, text: str) -> HttpResponse:
        try:
            raw = json.loads(text) if text.strip() else None
        except (ValueError, RecursionError):
            return JsonResponse({"error": _("This is not JSON.")})
        return HttpResponse(tree(load(raw, self.desk, name=self.name), self.desk))
