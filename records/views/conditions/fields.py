"""What a row can be about, while somebody types."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, JsonResponse

from records.builder.offers import comparable, offers
from records.builder.rows.comparison import ComparisonRow
from records.views.conditions.base import BuilderView


class FieldsView(BuilderView):
    """`at` is the row; with `against` the fields that it can be compared with."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        row = self.row(request.POST.get("at", ""))
        typed = request.POST.get("q", "")
        if request.POST.get("against") and isinstance(row, ComparisonRow) and row.path is not None:
            found = comparable(self.desk, row.spot, row.path, typed)
        else:
            found = offers(self.desk, row.spot, typed)
        return JsonResponse(
            {
                "offers": [
                    {"id": o.pick, "label": o.label, "group": o.group, "more": o.more}
                    for o in found
                ]
            }
        )
