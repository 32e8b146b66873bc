"""Titles, normalised texts, search entries and unique values against the values they are made from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from records.audit.faults import Fault
from records.gate import uniques
from records.gate.draft import Draft
from records.gate.refresh import stale_entries, stale_uniques
from records.gate.titles import norm, title


def faults(drafts: Sequence[Draft]) -> Iterator[Fault]:
    """Of records as they were loaded. Search entries are held against the texts that should be there."""
    for draft in drafts:
        record = draft.record
        if record is None:
            continue
        shown = title(draft.record_type, draft.after)
        texts = norm(draft.record_type, draft.after, shown)
        if record.title != shown:
            yield Fault("stale_title", draft.record_type.key, record=record.pk)
        if record.norm != texts:
            yield Fault("stale_norm", draft.record_type.key, record=record.pk)
        record.norm = texts
    for pk in stale_entries(drafts):
        yield Fault("stale_search", _type(drafts, pk), record=pk)
    yield from _uniques(drafts)


def _uniques(drafts: Sequence[Draft]) -> Iterator[Fault]:
    found = stale_uniques(drafts)
    for row in found.surplus:
        yield Fault("surplus_unique", row.type, row.field, row.record_id)
    taken = uniques.taken(found.missing.values())
    claimed: set[uniques.Key] = set()
    for (pk, key), claim in sorted(found.missing.items()):
        holder = taken.get(claim)
        # A row that is surplus holds nothing back: it goes before the claim is made.
        held = holder is not None and all(
            (row.record_id, row.value) != (holder, claim[2]) for row in found.surplus
        )
        code = "duplicate" if held or claim in claimed else "missing_unique"
        claimed.add(claim)
        yield Fault(code, claim[0], key, pk)


def _type(drafts: Sequence[Draft], pk: int) -> str:
    return next(d.record_type.key for d in drafts if d.change.id == pk)
