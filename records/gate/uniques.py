"""Values that may occur only once among the records of a type."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext as _

from crm_config.definitions import FieldDef
from records.gate.batch import Batch
from records.gate.draft import Draft
from records.models import UniqueValue

Key = tuple[str, str, str]


def unique_fields(draft: Draft) -> Iterable[FieldDef]:
    return (f for f in draft.record_type.active if f.unique)


def unique_key(draft: Draft, f: FieldDef) -> Key | None:
    value = draft.after.get(f.key)
    return (
        None
        if value is None
        else (draft.record_type.key, f.key, f.type.unique_text(f, value)[:600])
    )


def check(batch: Batch) -> None:
    """Against the database, in one query, and among the batch itself: the first one that nothing else stands in
    the way of keeps the value."""
    claims: dict[Key, list[tuple[Draft, FieldDef]]] = defaultdict(list)
    for draft in batch.judged("create", "change"):
        changed = draft.changed() - draft.refused_fields
        for f in unique_fields(draft):
            key = unique_key(draft, f)
            if key is not None and f.key in changed:
                claims[key].append((draft, f))
    held = taken(claims)
    leaving = {d.change.id for d in batch.sound("delete")}
    for key, drafts in claims.items():
        holder, promised = held.get(key), False
        for draft, f in drafts:
            others = holder is not None and holder != draft.change.id and holder not in leaving
            if promised or others:
                draft.refuse("not_unique", _("Another record has this value already."), f.key)
            promised = promised or draft.ok


def taken(keys: Iterable[Key]) -> dict[Key, int]:
    """The records that hold values, by value: one query."""
    by_field: dict[tuple[str, str], list[str]] = defaultdict(list)
    for record_type, field, value in keys:
        by_field[record_type, field].append(value)
    if not by_field:
        return {}
    wanted = Q()
    for (record_type, field), values in by_field.items():
        wanted |= Q(type=record_type, field=field, value__in=values)
    rows = UniqueValue.objects.filter(wanted).values_list("type", "field", "value", "record_id")
    return {(t, f, v): record for t, f, v, record in rows}
