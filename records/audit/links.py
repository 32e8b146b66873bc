"""Links against their fields, in SQL: one question a field and kind of fault."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from crm_config.definitions import FieldDef, TypeDef
from records.audit.faults import Fault
from records.models import Record, RecordLink


def faults(record_type: TypeDef) -> Iterator[Fault]:
    links = links_of(record_type)
    fields = {f.key: f for f in record_type.fields.values() if f.type.storage == "links"}
    for f in fields.values():
        yield from _of_field(record_type, f, links.filter(field=f.key))
    strays = links.exclude(field__in=fields).values_list("source", "field")
    yield from (
        Fault("link_of_no_field", record_type.key, key, pk) for pk, key in strays.iterator()
    )


def links_of(record_type: TypeDef) -> QuerySet[RecordLink]:
    low, high = record_type.first_id, record_type.end_id
    return RecordLink.objects.filter(source__gte=low, source__lt=high).order_by()


def _of_field(record_type: TypeDef, f: FieldDef, links: QuerySet[RecordLink]) -> Iterator[Fault]:
    there = links.annotate(there=Exists(Record.unscoped.filter(pk=OuterRef("target_id"))))
    targets = Record.unscoped.filter(pk=OuterRef("target_id"))
    wrong = Exists(targets.exclude(type__in=f.options.get("targets", ())))
    archived = Exists(targets.exclude(archived_at=None))
    questions: dict[str, QuerySet[RecordLink]] = {
        "link_to_nothing": there.filter(there=False),
        "link_to_wrong_type": links.filter(Q(wrong)),
        "link_to_archived": links.filter(Q(archived)),
    }
    for code, rows in questions.items():
        for pk in rows.values_list("source", flat=True).iterator():
            yield Fault(code, record_type.key, f.key, pk)
    if not f.options.get("multiple"):
        several = links.values("source").annotate(number=Count("pk")).filter(number__gt=1)
        for pk in several.values_list("source", flat=True):
            yield Fault("several_links", record_type.key, f.key, pk)


def repair(record_type: TypeDef) -> None:
    """Links to nothing go."""
    links = links_of(record_type)
    there = Exists(Record.unscoped.filter(pk=OuterRef("target_id")))
    gone = links.annotate(there=there).filter(there=False)
    RecordLink.objects.filter(pk__in=list(gone.values_list("pk", flat=True))).delete()
