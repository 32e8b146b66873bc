"""Records as programs read them: ids without names, so one query for all their links and no other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Q

from crm_config.definitions import FieldDef, TypeDef
from crm_config.field_types.base import LinkLabel, Names
from records.access import Access
from records.access.subjects import pooled
from records.models import Record, RecordLink
from records.selectors.reading import Links, RecordView
from records.selectors.relation_q import through


def plain_views(
    records: Sequence[Record], *, access: Access, keys: Iterable[str] | None = None
) -> list[RecordView]:
    """Views whose links lead only to what the reader may see."""
    types = access.snapshot.types
    wanted = None if keys is None else frozenset(keys)
    linking = _link_keys({types[record.type] for record in records}, access, wanted)
    links = _seen_links(records, linking, access) if any(linking.values()) else {}
    seen = {i for fields in links.values() for ids in fields.values() for i in ids}
    names = Names(records={i: LinkLabel(i, "", "") for i in seen})
    pooled(records, access.snapshot)
    return [RecordView(r, types[r.type], access, links.get(r.pk, {}), names) for r in records]


def _link_keys(
    types: Iterable[TypeDef], access: Access, wanted: frozenset[str] | None
) -> dict[TypeDef, list[str]]:
    """The link fields of each type that are asked for and may be read."""
    return {
        record_type: [
            f.key
            for f in record_type.active
            if f.type.storage == "links"
            and f.key in access.readable(record_type)
            and (wanted is None or f.key in wanted)
        ]
        for record_type in types
    }


def _seen_links(
    records: Sequence[Record], linking: dict[TypeDef, list[str]], access: Access
) -> dict[int, Links]:
    rows = (
        RecordLink.objects.filter(
            _targets(linking, access),
            source__in=[record.pk for record in records],
            field__in={key for keys in linking.values() for key in keys},
        )
        .order_by("source", "field", "position", "id")
        .values_list("source", "field", "target")
    )
    found: dict[int, dict[str, tuple[int, ...]]] = defaultdict(dict)
    for source, key, target in rows:
        found[source][key] = (*found[source].get(key, ()), target)
    return dict(found)


def _targets(linking: dict[TypeDef, list[str]], access: Access) -> Q:
    """Which targets are seen, of the types that the fields may point at."""
    types = access.snapshot.types
    fields = (record_type.fields[key] for record_type, keys in linking.items() for key in keys)
    named = {key for f in fields for key in target_keys(f)}
    reach = Q(pk__in=[])
    for record_type in (types[key] for key in sorted(named) if key in types):
        within = Q(target__gte=record_type.first_id, target__lt=record_type.end_id)
        reach |= within & through("target", access.q("view", record_type))
    return reach


def target_keys(f: FieldDef) -> Sequence[str]:
    """The keys of the record types that a link field, or one that looks up a link, may point at."""
    looked_up = (f.options.get("result") or {}).get("options") or {}
    return f.options.get("targets") or looked_up.get("targets") or ()
