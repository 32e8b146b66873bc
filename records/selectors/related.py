"""Related lists: the records whose link fields point at this one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count, Q

from crm_config.definitions import FieldDef, ReverseLink, TypeDef
from records.access import Access
from records.models import RecordLink
from records.selectors.lists import Page, Query, page
from records.selectors.reading import RecordView
from records.selectors.relation_q import through


@dataclass(frozen=True)
class Related:
    """One list on a record's page; `where` finds the same list by itself."""

    link: ReverseLink
    type: TypeDef
    count: int
    rows: list[RecordView]
    where: dict[str, object]
    columns: list[FieldDef]


def relations(record_type: TypeDef, *, access: Access) -> list[tuple[ReverseLink, TypeDef]]:
    """The links that point at a type, as far as this person may see the type and read the field."""
    found = []
    for link in access.snapshot.reverse_links.get(record_type.key, ()):
        source = access.snapshot.types[link.field.record_type]
        if access.may("view", source) and link.field.key in access.readable(source):
            found.append((link, source))
    return found


def where_of(link: ReverseLink, record_id: int) -> dict[str, object]:
    return {"field": link.field.key, "op": "linked_to", "value": [record_id]}


def counts(view: RecordView, *, access: Access) -> Mapping[tuple[str, str], int]:
    """How many visible records each relation has, by type and field: one query for all relations."""
    pairs = relations(view.type, access=access)
    if not pairs:
        return {}
    reach = Q(pk__in=[])
    for link, source in pairs:
        seen = access.q("view", source)
        within = Q(source__gte=source.first_id, source__lt=source.end_id, field=link.field.key)
        guard = access.guard(source, link.field.key)
        if guard is not None:
            seen = seen & guard.q
        reach |= within & through("source", seen)
    rows = (
        RecordLink.objects.filter(reach, target=view.id, source__archived_at=None)
        .values("source__type", "field")
        .annotate(number=Count("id"))
    )
    return {(row["source__type"], row["field"]): row["number"] for row in rows}


def related(
    view: RecordView, link: ReverseLink, *, access: Access, count: int, size: int = 5
) -> Related:
    """The first of a related list, in the type's own order."""
    source = access.snapshot.types[link.field.record_type]
    where = where_of(link, view.id)
    found = page(Query(source, where=where), access=access, size=size) if count else Page([])
    return Related(link, source, count, found.rows, where, found.columns)
