"""Counts and sums over linked records, worked out by the database: one query a field, for any number of records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Aggregate, Avg, Count, F, Max, Min, Sum

from crm_config.conditions.api import Condition, ConditionInvalid, Standpoint, computing, parse
from crm_config.definitions import FieldDef, Snapshot, TypeDef
from crm_config.dependencies import is_reverse
from crm_config.expressions import DataValue
from records.models import Record, RecordLink

FUNCTIONS: Mapping[str, type[Aggregate]] = {"sum": Sum, "average": Avg, "min": Min, "max": Max}


def rolled_up(
    f: FieldDef,
    ids: Sequence[int],
    *,
    snapshot: Snapshot,
    now: datetime,
    own: Mapping[int, Sequence[int]] | None = None,
) -> dict[int, Any]:
    """The field's canonical value for each record of `ids` that has one. Archived records do not count.
    `own` gives the linked ids by record where the relation is a link of the records themselves, so that
    values not yet stored are counted."""
    if own is not None:
        return _over_own(f, own, snapshot=snapshot, now=now)
    found: dict[int, Any] = {}
    for link, source in _reverse(f, snapshot):
        rows = RecordLink.objects.filter(
            field=link.key,
            target__in=ids,
            source__gte=source.first_id,
            source__lt=source.end_id,
            source__archived_at=None,
        )
        if (condition := _where(f, source, snapshot)) is not None:
            chosen = Record.unscoped.of(source).filter(condition.q(_standpoint(snapshot, now)))
            rows = rows.filter(source__in=chosen.values("pk"))
        grouped = rows.values("target").annotate(result=_aggregate(f, source, F("source__data")))
        for row in grouped.values_list("target", "result"):
            found[row[0]] = _value(f, row[1])
    return found


def _over_own(
    f: FieldDef, own: Mapping[int, Sequence[int]], *, snapshot: Snapshot, now: datetime
) -> dict[int, Any]:
    found: dict[int, Any] = {}
    link = snapshot.types[f.record_type].fields[str(f.options["relation"])]
    for pk, targets in own.items():
        for key in link.options.get("targets", ()):
            target = snapshot.types.get(key)
            if target is None or not targets:
                continue
            rows = Record.unscoped.of(target).filter(pk__in=targets, archived_at=None)
            if (condition := _where(f, target, snapshot)) is not None:
                rows = rows.filter(condition.q(_standpoint(snapshot, now)))
            number = rows.aggregate(result=_aggregate(f, target, F("data")))["result"]
            if number is not None:
                found[pk] = _value(f, number)
    return found


def _reverse(f: FieldDef, snapshot: Snapshot) -> list[tuple[FieldDef, TypeDef]]:
    return [
        (link, other)
        for other in snapshot.types.values()
        for link in other.active
        if is_reverse(link, str(f.options.get("relation")), f.record_type)
    ]


def _aggregate(f: FieldDef, source: TypeDef, data: F) -> Aggregate:
    function = f.options.get("function") or "count"
    if function == "count":
        return Count("pk")
    summed = source.fields[str(f.options["field"])]
    value = DataValue(summed.type.comparable_key(summed), summed.type.sql_kind, source=data)  # type: ignore[arg-type]
    return FUNCTIONS[function](value)


def _value(f: FieldDef, number: Any) -> Any:
    if number is None:
        return None
    if (f.options.get("function") or "count") == "count":
        return int(number)
    return f.type.from_comparable(f, number if isinstance(number, str) else round(number))


@lru_cache(maxsize=512)
def _where(f: FieldDef, source: TypeDef, snapshot: Snapshot) -> Condition | None:
    raw = f.options.get("where")
    return parse(raw, computing(snapshot, source)) if raw else None


def reads(f: FieldDef, snapshot: Snapshot) -> bool:
    """Whether its condition can be read: of each type whose records it is about."""
    if f.type.key != "rollup" or not f.options.get("where"):
        return True
    try:
        for source in _sources(f, snapshot):
            _where(f, source, snapshot)
    except ConditionInvalid:
        return False
    return True


def broken(snapshot: Snapshot) -> Iterator[FieldDef]:
    """The fields in use that cannot be worked out any more."""
    for record_type in snapshot.active_types:
        yield from (f for f in record_type.active if not reads(f, snapshot))


def _sources(f: FieldDef, snapshot: Snapshot) -> list[TypeDef]:
    link = snapshot.types[f.record_type].fields.get(str(f.options.get("relation")))
    if link is None:
        return [source for _link, source in _reverse(f, snapshot)]
    return [snapshot.types[key] for key in link.options.get("targets", ()) if key in snapshot.types]


def _standpoint(snapshot: Snapshot, now: datetime) -> Standpoint:
    return Standpoint(now=now, tz=ZoneInfo(snapshot.company.time_zone))
