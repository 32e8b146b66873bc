"""What live records say about the configuration, for the studio: how full fields are, and with what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, QuerySet

from crm_config.definitions import FieldDef, TypeDef
from crm_config.expressions import ArrayHas, DataValue
from crm_config.field_types.base import Names
from crm_config.insights import FieldFacts, Insights, RetypeImpact
from crm_config.live import live
from crm_config.models import User
from records.access import Access
from records.impact import converting, scan, seeing
from records.impact.seeing import samples_seen
from records.models import Record, RecordLink
from records.selectors.names import team_names, user_names

#: Beyond so many records the most frequent values are not looked for: grouping them takes seconds.
MOST_GROUPED = 300_000
TOP = 5


class LiveInsights(Insights):
    def record_count(self, record_type: str) -> int | None:
        found = live().types.get(record_type)
        return None if found is None else Record.unscoped.of(found).count()

    def field_facts(self, record_type: str, key: str, *, user: User | None) -> FieldFacts | None:
        found = _published(record_type, key)
        if found is None:
            return None
        total = Record.unscoped.of(found[0]).count()
        filled = scan.holders(*found).count()
        access = Access.of(user or AnonymousUser())
        told = filled <= MOST_GROUPED and reads(*found, access)
        return FieldFacts(total, filled, top_values(*found, access) if told else ())

    def option_counts(self, record_type: str, key: str) -> dict[str, int]:
        found = _published(record_type, key)
        return option_counts(*found) if found and found[1].type.has_choices else {}

    def retype_impact(
        self, record_type: str, key: str, to: FieldDef, *, user: User | None
    ) -> RetypeImpact | None:
        found = _published(record_type, key)
        if found is None:
            return None
        owner, before = found
        if not converting.possible(before, to):
            return _none_of_them(owner, before)
        run = converting.dry_run(owner, before, to, live())
        samples = samples_seen(run.samples, owner, key, Access.of(user or AnonymousUser()))
        return RetypeImpact(run.kept, run.lost, [(s.value, s.why) for s in samples])


def _published(record_type: str, key: str) -> tuple[TypeDef, FieldDef] | None:
    owner = live().types.get(record_type)
    field = owner.fields.get(key) if owner else None
    return (owner, field) if owner and field else None


def _none_of_them(record_type: TypeDef, field: FieldDef) -> RetypeImpact:
    lost = scan.holders(record_type, field).count()
    return RetypeImpact(0, lost, possible=not lost)


def reads(record_type: TypeDef, field: FieldDef, access: Access) -> bool:
    return seeing.reads(record_type, field.key, access)


def option_counts(
    record_type: TypeDef, field: FieldDef, rows: QuerySet[Record] | None = None
) -> dict[str, int]:
    """By option, in one query; of all records if no others are given."""
    rows = Record.unscoped.of(record_type) if rows is None else rows
    if field.type.sql_kind != "array":
        return {str(key): number for key, number in _grouped(rows, field)}
    value = DataValue(field.stored_key, "array")
    counted = {
        f"n{place}": Count("pk", filter=Q(ArrayHas(value, [option.key])))
        for place, option in enumerate(field.choices)
    }
    found = rows.aggregate(**counted) if counted else {}
    return {option.key: found[f"n{place}"] for place, option in enumerate(field.choices)}


def _grouped(
    rows: QuerySet[Record], field: FieldDef, most: int | None = None
) -> list[tuple[Any, int]]:
    """Comparables with how many records have them, most frequent first."""
    value = DataValue(field.type.comparable_key(field), field.type.sql_kind)  # type: ignore[arg-type]
    counted = rows.order_by().annotate(held=value).filter(held__isnull=False).values("held")
    ranked = counted.annotate(times=Count("pk")).order_by("-times", "held")
    return list(ranked.values_list("held", "times")[:most])


def top_values(record_type: TypeDef, field: FieldDef, access: Access) -> Sequence[tuple[str, int]]:
    """The most frequent values of the records that somebody sees, as people read them; none of texts, places
    and files, which hardly repeat."""
    rows = Record.unscoped.of(record_type).filter(access.q("view", record_type))
    if field.type.storage == "links":
        return _top_links(record_type, field, rows, access)
    if field.type.has_choices:
        counted = option_counts(record_type, field, rows)
        ranked = sorted(((n, key) for key, n in counted.items() if n), reverse=True)[:TOP]
        return [(_option(field, key), number) for number, key in ranked]
    if (
        field.unique
        or field.type.storage != "data"
        or field.type.sql_kind == "none"
        or field.type.group == "file"
    ):
        return ()
    found = _grouped(rows, field, TOP)
    values = [(field.type.from_comparable(field, held), number) for held, number in found]
    names = _names(field, [value for value, _number in values])
    return [(field.type.display(field, value, names), number) for value, number in values]


def _option(field: FieldDef, key: str) -> str:
    option = field.choice_map.get(key)
    return option.label if option else key


def _names(field: FieldDef, values: Sequence[Any]) -> Names:
    kind = field.type.kind
    return Names(
        users=user_names(values) if kind == "user" else {},
        teams=team_names(values) if kind == "team" else {},
    )


def _top_links(
    record_type: TypeDef, field: FieldDef, rows: QuerySet[Record], access: Access
) -> Sequence[tuple[str, int]]:
    """Of records whose titles the person reads."""
    links = RecordLink.objects.filter(
        _named(field, access),
        field=field.key,
        source__gte=record_type.first_id,
        source__lt=record_type.end_id,
        source__in=rows.order_by().values("pk"),
    )
    ranked = links.values("target__title", "target").annotate(times=Count("pk"))
    top = ranked.order_by("-times", "target").values_list("target__title", "target", "times")[:TOP]
    return [(title or str(target), times) for title, target, times in top]


def _named(field: FieldDef, access: Access) -> Q:
    """Links to records that the person sees, of types whose titles they read."""
    named = Q(pk__in=[])
    for key in field.options.get("targets", ()):
        target = access.snapshot.types.get(key)
        if target is not None and seeing.reads(target, "title", access):
            rows = Record.unscoped.of(target).filter(access.q("view", target))
            named |= Q(target__in=rows.values("pk"))
    return named
