"""For administrators: values that did not convert when their field changed its kind. They see how many there are
of each field, and the values as far as they see the records and read the field."""

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
from records.conversions.left import Left, fields_with, holders, values
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

    def values(self) -> Iterator[Left]:
        record_type, field = self.place()
        if field.key not in self.access.readable_everywhere(record_type):
            return iter(())
        return values(record_type, field, among=self.access.q("view", record_type))

    def title(self, left: Left) -> str:
        """None that may not be read."""
        record_type, _field = self.place()
        if "title" in self.access.readable_everywhere(record_type):
            return str(left.record)
        return f"{record_type.label} {left.record.pk - record_type.first_id}"


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
        rows = list(islice(self.values(), MOST_SHOWN + 1))
        return super().get_context_data(
            record_type=record_type,
            field=field,
            rows=[self._told(left) for left in rows[:MOST_SHOWN]],
            others=not rows and holders(record_type, field).exists(),
            more=len(rows) > MOST_SHOWN,
            most=MOST_SHOWN,
            **kwargs,
        )

    def _told(self, left: Left) -> dict[str, Any]:
        return {
            "title": self.title(left),
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
        csv.writer(answer).writerows(self.rows())
        return answer

    def rows(self) -> Iterator[list[str]]:
        yield [_("Record"), _("Title"), _("Value"), _("Why it does not convert")]
        for left in self.values():
            text = left.field.type.to_text(left.field, left.value)
            yield [str(left.record.pk), *map(harmless, (self.title(left), text, left.reason))]
