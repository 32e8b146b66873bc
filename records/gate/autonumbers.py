"""Numbers given in order: `INV-2026-00042`. The counter is advanced in the transaction that uses the
numbers, so there are no gaps; two batches of one type number one after the other."""

from collections import defaultdict
from collections.abc import Iterable

from crm_config.definitions import FieldDef
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
        first = _advance(type_key, key, period, len(some))
        for number, (draft, _f) in enumerate(some, start=first):
            draft.put(key, f.type.format_number(f, number, year))  # type: ignore[attr-defined]


def _advance(type_key: str, key: str, period: int, count: int) -> int:
    """Takes `count` numbers and returns the first."""
    row, _new = Counter.objects.select_for_update().get_or_create(type=type_key, field=key, period=period)
    first = row.last + 1
    row.last += count
    row.save(update_fields=["last"])
    return first
