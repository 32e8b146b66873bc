"""What a link field offers while somebody types: records that may be linked, and new ones to create."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.views.generic import View

from crm_config.definitions import FieldDef, TypeDef
from records.errors import NotVisible
from records.selectors.choosing import matching
from records.views.base import TypeMixin


class ChooseView(TypeMixin, View):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        typed = request.GET.get("q", "").strip()
        types = self.targets()
        return JsonResponse(
            {
                "results": [
                    {"id": r.id, "title": r.title, "type": r.type.label if len(types) > 1 else ""}
                    for r in matching(typed, types, access=self.access)
                ],
                "create": [
                    {"label": t.label, "url": self._create_url(t, typed)}
                    for t in types
                    if self.access.may("create", t)
                ],
            }
        )

    def targets(self) -> list[TypeDef]:
        types = self.access.snapshot.types
        keys = self.field().options.get("targets", ())
        return [
            t for key in keys if (t := types.get(key)) is not None and self.access.may("view", t)
        ]

    def field(self) -> FieldDef:
        key = self.kwargs["key"]
        f = self.record_type.all_fields.get(key)
        if f is None or f.type.key != "link" or key not in self.access.readable(self.record_type):
            raise NotVisible(key)
        return f

    def _create_url(self, record_type: TypeDef, typed: str) -> str:
        url = reverse("records:quick_create", args=[record_type.key])
        return f"{url}?{urlencode({'typed': typed})}" if typed else url
