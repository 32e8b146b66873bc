"""A field that is to be unique: values that several records have stand in the way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Count
from django.utils.translation import ngettext

from crm_config.definitions import FieldDef, TypeDef
from crm_config.expressions import DataValue
from crm_config.impacts import Impact
from crm_config.norm import keeps_norm
from records.impact import scan
from records.impact.pairs import Pair
from records.impact.scan import Held

#: Values that occur more than once; more of them are not looked for.
MOST_GROUPS = 1_000


def impacts(pair: Pair) -> Iterator[Impact]:
    if found := blocked(pair):
        yield found


def blocked(pair: Pair) -> Impact | None:
    after, before = pair.after, pair.before
    if after is None or not after.unique or after.retired or pair.converts:
        return None
    if before.unique and not before.retired:
        return None
    groups = duplicates(pair.record_type, before)
    if not groups:
        return None
    message = ngettext(
        "%(count)s value belongs to more than one record. Change those records first.",
        "%(count)s values belong to more than one record each. Change those records first.",
        len(groups),
    ) % {"count": len(groups)}
    shown = [held for group in groups for held in group][: scan.SAMPLES]
    samples = [scan.sample(pair.record_type, before, held) for held in shown]
    return Impact(pair.path, message, "blocking", samples)


def duplicates(record_type: TypeDef, f: FieldDef) -> list[list[Held]]:
    """Records that share a value, by value. SQL finds candidates; the field's own word decides."""
    rows = scan.holders(record_type, f).annotate(same=_comparable(f)).order_by()
    repeated = rows.values("same").annotate(times=Count("pk")).filter(times__gt=1)
    candidates = list(repeated.values_list("same", flat=True)[:MOST_GROUPS])
    groups: dict[str, list[Held]] = defaultdict(list)
    column = "long_data" if f.type.storage == "long_data" else "data"
    found = rows.filter(same__in=candidates).order_by("pk")
    for pk, title, data in found.values_list("pk", "title", column).iterator(chunk_size=scan.CHUNK):
        value = scan.loaded(f, data)
        if value is not None:
            groups[f.type.unique_text(f, value)].append(Held(pk, title, value))
    return [group for group in groups.values() if len(group) > 1]


def _comparable(f: FieldDef) -> DataValue:
    """Normalised text where it is kept, for it tells apart no more than uniqueness does."""
    if keeps_norm(f):
        return DataValue(f.key, column="norm")
    return DataValue(f.type.comparable_key(f), f.type.sql_kind)  # type: ignore[arg-type]
