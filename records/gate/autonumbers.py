"""Numbers given in order: `INV-2026-00042`. The counter is advanced in the transaction that uses the
numbers, so there are no gaps; two batches of one type number one after the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from crm_config.definitions import FieldDef
from records.gate import uniques
from records.gate.batch import Batch
from records.gate.draft import Draft
from records.models import Counter


def assign(batch: Batch, drafts: Iterable[Draft]) -> None:
    wanted: dict[tuple[str, str], list[tuple[Draft, FieldDef]]] = defaultdict(list)
    for draft in drafts:
        for f in draft.record_type.active:
            if f.type.key == "auto_number" and f.key not in draft.after:
                wanted[draft.record_type.key, f.key].append((draft, f))
    year = batch.context.today.year
    for (type_key, key), some in sorted(wanted.items()):
        f = some[0][1]
        period = year if f.type.option(f, "restart") == "yearly" else 0
        drawn = _free(f, type_key, period, year, len(some))
        for (draft, _f), number in zip(some, drawn, strict=True):
            draft.put(key, number)


def _free(f: FieldDef, type_key: str, period: int, year: int, count: int) -> Iterator[str]:
    """So many numbers; of a unique field, none that a record has from elsewhere: from another system, or
    from before the field was numbered."""
    while count:
        first = _advance(type_key, f.key, period, count)
        drawn = [f.type.format_number(f, first + n, year) for n in range(count)]  # type: ignore[attr-defined]
        if f.unique:
            claims = {(type_key, f.key, f.type.unique_text(f, number)): number for number in drawn}
            held = uniques.taken(claims)
            drawn = [number for claim, number in claims.items() if claim not in held]
        yield from drawn
        count -= len(drawn)


def _advance(type_key: str, key: str, period: int, count: int) -> int:
    """Takes `count` numbers and returns the first."""
    row, _new = Counter.objects.select_for_update().get_or_create(
        type=type_key, field=key, period=period
    )
    first = row.last + 1
    row.last += count
    row.save(update_fields=["last"])
    return first
