"""For administrators: values that did not convert when their field changed its kind."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from crm_config.definitions import FieldDef, TypeDef
from crm_config.field_types.base import Names
from crm_config.permissions import ADMINISTER
from records.conversions.left import Left, fields_with, values
from records.exports.cells import harmless
from records.selectors.names import record_url
from records.views.base import Crumbs, RecordsMixin, ScreenMixin

MOST_SHOWN = 200


class AdministratorsOnly(RecordsMixin):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.insist(request.user.has_perm(ADMINISTER))
        return super().dispatch(request, *args, **kwargs)


class LeftBehindView(AdministratorsOnly, ScreenMixin, TemplateView):
    """The fields that left values behind."""

    template_name = "records/left_behind.html"
    header_icon = "warning"

    def get_page_title(self) -> str:
        return _("Values that did not convert")

    def get_breadcrumbs_items(self) -> Crumbs:
        return [*self.breadcrumbs_items, {"label": self.get_page_title(), "url": ""}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(fields=list(fields_with(self.access.snapshot)), **kwargs)


class OfField(AdministratorsOnly):
    """One field, named in the address by its type and key."""

    def place(self) -> tuple[TypeDef, FieldDef]:
        record_type = self.access.snapshot.types.get(self.kwargs["type"])
        field = record_type.fields.get(self.kwargs["key"]) if record_type else None
        if record_type is None or field is None:
            raise Http404
        return record_type, field


class LeftBehindFieldView(OfField, ScreenMixin, TemplateView):
    template_name = "records/left_behind_field.html"
    header_icon = "warning"

    def get_page_title(self) -> str:
        record_type, field = self.place()
        return f"{record_type.label} › {field.label}"

    def get_breadcrumbs_items(self) -> Crumbs:
        above = {"label": _("Values that did not convert"), "url": reverse("records:left_behind")}
        return [*self.breadcrumbs_items, above, {"label": self.get_page_title(), "url": ""}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        record_type, field = self.place()
        rows = list(islice(values(record_type, field), MOST_SHOWN + 1))
        return super().get_context_data(
            record_type=record_type,
            field=field,
            rows=[_told(left) for left in rows[:MOST_SHOWN]],
            more=len(rows) > MOST_SHOWN,
            most=MOST_SHOWN,
            **kwargs,
        )


def _told(left: Left) -> dict[str, Any]:
    return {
        "title": str(left.record),
        "url": record_url(left.record.pk),
        "value": left.field.type.display(left.field, left.value, Names()),
        "reason": left.reason,
    }


class LeftBehindFileView(OfField, View):
    """All of them as CSV."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        record_type, field = self.place()
        answer = HttpResponse(content_type="text/csv; charset=utf-8")
        name = f"{record_type.key}-{field.key}.csv"
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        answer["Cache-Control"] = "private, no-store"
        answer.write("\ufeff")
        csv.writer(answer).writerows(self.rows(record_type, field))
        return answer

    def rows(self, record_type: TypeDef, field: FieldDef) -> Iterator[list[str]]:
        yield [_("Record"), _("Title"), _("Value"), _("Why it does not convert")]
        for left in values(record_type, field):
            text = left.field.type.to_text(left.field, left.value)
            yield [str(left.record.pk), *map(harmless, (str(left.record), text, left.reason))]
