"""A record's page: its facts, what is related to it, and what happened."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from crm_config.definitions import ReverseLink, TypeDef
from crm_config.labels import text
from records.access import Access
from records.access.levels import WRITE
from records.errors import NotVisible
from records.forms import writable
from records.forms.fields import media_of
from records.panels.record_parts import PLACES, parts
from records.selectors import RecordView
from records.selectors.names import user_names
from records.selectors.recent import is_starred, remember
from records.selectors.related import Related, counts, related, relations, where_of
from records.views.base import Crumbs, RecordScreen, list_url, new_url
from records.views.cells import rows_of
from records.views.facts import fact_sections, history_facts, people_facts
from records.views.state import ListState

#: How many of a related list its section shows.
FIRST_ROWS = 5


@dataclass(frozen=True)
class RelatedSection:
    link: ReverseLink
    type: TypeDef
    count: int
    url: str
    all_url: str
    add_url: str

    @property
    def label(self) -> str:
        """As the far side is called, or else as the records there are."""
        return text(self.link.labels, default=self.type.plural_label)

    @property
    def waiting(self) -> range:
        """Lines that stand there until the rows come, so that nothing jumps."""
        return range(min(self.count, FIRST_ROWS))


class RecordPage(RecordScreen):
    template_name = "records/record.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().get(request, *args, **kwargs)
        remember(self.record.id, access=self.access)
        return response

    def get_page_title(self) -> str:
        return self.record.title

    def get_page_subtitle(self) -> str:
        return self.record_type.label

    def get_breadcrumbs_items(self) -> Crumbs:
        return [
            *self.breadcrumbs_items,
            {"label": self.record_type.plural_label, "url": list_url(self.record_type)},
            {"label": self.record.title, "url": ""},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        editable = writable.of_record(self.record)
        return super().get_context_data(
            sections=fact_sections(self.record),
            people=people_facts(self.record),
            history=history_facts(self.record),
            related=related_sections(self.record, self.access),
            starred=is_starred(self.record.id, access=self.access),
            may_edit=bool(editable),
            may_remove=self.record.may("delete"),
            stands_in_for=absent_owners(self.record, self.access),
            may_change=self.record.may("change"),
            may_share=self.record.may("share"),
            may_export=self.record.may("export"),
            media=media_of(editable),
            export_url=export_url(self.record_type, self.record.id),
            **{f"{place}_parts": parts(place) for place in PLACES},
            **kwargs,
        )


def absent_owners(record: RecordView, access: Access) -> list[str]:
    """The absent persons whose reach alone shows one the record."""
    own, *absent = access.askers
    if not absent or own.reaches("view", record.record, record.type):
        return []
    seeing = [a.user_id or 0 for a in absent if a.reaches("view", record.record, record.type)]
    return sorted(user_names(seeing).values())


def export_url(record_type: TypeDef, record_id: int) -> str:
    query = urlencode({"ids": record_id})
    return f"{reverse('records:export', args=[record_type.key])}?{query}"


def related_sections(record: Any, access: Any) -> list[RelatedSection]:
    numbers = counts(record, access=access)
    return [
        _section(record.id, link, source, numbers.get((source.key, link.field.key), 0), access)
        for link, source in relations(record.type, access=access)
    ]


def _section(
    record_id: int, link: ReverseLink, source: TypeDef, count: int, access: Any
) -> RelatedSection:
    key = link.field.key
    may_add = access.may("create", source) and access.level(source, key) == WRITE
    return RelatedSection(
        link,
        source,
        count,
        reverse("records:related", args=[record_id, source.key, key]),
        ListState(where=where_of(link, record_id)).url(source),
        f"{new_url(source)}?{urlencode({key: record_id})}" if may_add else "",
    )


class RelatedView(RecordScreen):
    """The first rows of one related list."""

    part_template = "records/record/related_rows.html"
    keys = ("title",)

    @cached_property
    def found(self) -> Related:
        for link, source in relations(self.record_type, access=self.access):
            if (source.key, link.field.key) == (self.kwargs["source"], self.kwargs["field"]):
                return related(self.record, link, access=self.access, count=1, size=FIRST_ROWS)
        raise NotVisible(self.kwargs["field"])

    def get_page_title(self) -> str:
        return self.found.link.label

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = [f for f in self.found.columns if f.key != self.kwargs["field"]][:4]
        return super().get_context_data(
            related=self.found, rows=rows_of(self.found.rows, shown), **kwargs
        )


class PreviewView(RecordScreen):
    """A record at a glance, beside a list."""

    part_template = "records/record/preview.html"

    def get_page_title(self) -> str:
        return _("Preview")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            sections=fact_sections(self.record),
            people=people_facts(self.record),
            may_edit=bool(writable.of_record(self.record)),
            **kwargs,
        )
