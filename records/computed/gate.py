"""In the gate: the computed fields of the records being written, each after those that it reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from crm_config.definitions import FieldDef, Snapshot, TypeDef
from crm_config.dependencies import formula_paths
from crm_config.field_types.base import ValueRefused
from crm_config.formulas import compute
from records.computed.operands import operand, result
from records.computed.rollups import reads, rolled_up
from records.gate.batch import Batch
from records.gate.draft import Draft, stored_values
from records.models import Record

Values = dict[str, Any]


def computed_values(batch: Batch) -> None:
    """Set the computed fields of the batch's drafts. One query for the linked records of all of them, and,
    when everything is computed anew, one for each sum."""
    compute_fields(batch, [d for d in batch.sound("create", "change") if ordered(d.record_type)])


def compute_numbered(batch: Batch) -> None:
    """New records get their automatic numbers when nothing stands in their way any more: what reads those
    numbers is computed then."""
    compute_fields(batch, [d for d in batch.sound("create") if _reads_numbers(d.record_type)])


def compute_fields(batch: Batch, drafts: Sequence[Draft]) -> None:
    if not drafts:
        return
    linked = _linked(drafts, batch.snapshot)
    for record_type, some in _by_type(drafts):
        for f in ordered(record_type):
            if f.type.key == "rollup":
                _put_sums(batch, f, some)
            else:
                for draft in some:
                    _put(batch, f, draft, linked)


def _by_type(drafts: Sequence[Draft]) -> Iterator[tuple[TypeDef, list[Draft]]]:
    found: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        found[draft.record_type.key].append(draft)
    return ((some[0].record_type, some) for some in found.values())


@lru_cache(maxsize=512)
def ordered(record_type: TypeDef) -> tuple[FieldDef, ...]:
    """The type's computed fields in use, each after those of the same type that it reads. Kept for as long
    as the type is: types are equal only to themselves."""
    waiting = {
        f.key: f for f in record_type.active if f.type.computed and f.type.key != "auto_number"
    }
    done: list[FieldDef] = []
    while waiting:
        ready = [f for f in waiting.values() if not _reads(f) & (waiting.keys() - {f.key})]
        if not ready:
            break
        done.extend(ready)
        for f in ready:
            del waiting[f.key]
    return tuple(done)


@lru_cache(maxsize=512)
def _reads_numbers(record_type: TypeDef) -> bool:
    numbers = {f.key for f in record_type.active if f.type.key == "auto_number"}
    return any(_reads(f) & numbers for f in ordered(record_type))


def _reads(f: FieldDef) -> set[str]:
    return {key for record_type, key in f.depends_on if record_type == f.record_type}


def _linked(drafts: Sequence[Draft], snapshot: Snapshot) -> dict[int, Values]:
    """The values of the records that formulas and lookups look at, by id."""
    wanted: set[int] = set()
    for draft in drafts:
        for key in _links_followed(draft.record_type):
            wanted.update(draft.after.get(key, ()))
    if not wanted:
        return {}
    rows = {row.pk: row for row in Record.unscoped.filter(pk__in=wanted)}
    return {
        pk: stored_values(snapshot.types[row.type], row, {})
        for pk, row in rows.items()
        if row.type in snapshot.types
    }


@lru_cache(maxsize=512)
def _links_followed(record_type: TypeDef) -> frozenset[str]:
    keys: set[str] = set()
    for f in ordered(record_type):
        if f.type.key == "lookup":
            keys.add(str(f.options.get("link")))
        elif f.type.key == "formula":
            keys.update(
                path[0] for path in formula_paths(str(f.options["expression"])) if len(path) == 2
            )
    return frozenset(keys)


def _put(batch: Batch, f: FieldDef, draft: Draft, linked: dict[int, Values]) -> None:
    raw = (
        _lookup(batch, f, draft, linked)
        if f.type.key == "lookup"
        else _formula(batch, f, draft, linked)
    )
    try:
        value = None if raw is None else f.type.coerce(f, raw, batch.context)
    except ValueRefused:
        # A result that its field cannot hold, such as a number beyond its range, is no result.
        value = None
    draft.put(f.key, value)


def _lookup(batch: Batch, f: FieldDef, draft: Draft, linked: dict[int, Values]) -> Any:
    for target in draft.after.get(str(f.options["link"]), ()):
        value = linked.get(target, {}).get(str(f.options["field"]))
        return (
            ", ".join(map(str, value))
            if isinstance(value, tuple) and f.type.storage != "links"
            else value
        )
    return None


def _formula(batch: Batch, f: FieldDef, draft: Draft, linked: dict[int, Values]) -> Any:
    expression = str(f.options["expression"])
    unit = batch.snapshot.company.base_currency
    values = {}
    for path in formula_paths(expression):
        if len(path) == 1:
            values[path[0]] = operand(draft.after.get(path[0]), unit)
        else:
            for target in draft.after.get(path[0], ()):
                values[".".join(path)] = operand(linked.get(target, {}).get(path[1]), unit)
    return result(compute(expression, values))


def _put_sums(batch: Batch, f: FieldDef, drafts: Sequence[Draft]) -> None:
    """A new record has nothing that points at it yet; others keep their sums until the job after the commit.
    One whose condition cannot be read any more is empty: it would tell something else."""
    if not reads(f, batch.snapshot):
        for draft in drafts:
            draft.put(f.key, None)
        return
    own = str(f.options.get("relation")) in drafts[0].record_type.fields
    if batch.recomputes or own:
        changed = {
            id(d): d
            for d in drafts
            if batch.recomputes or str(f.options["relation"]) in d.changed()
        }
        targets = {d.outcome.id or -place: d for place, d in enumerate(changed.values(), start=1)}
        own_links = (
            {pk: d.after.get(str(f.options["relation"]), ()) for pk, d in targets.items()}
            if own
            else None
        )
        sums = rolled_up(f, list(targets), snapshot=batch.snapshot, now=batch.now, own=own_links)
        for pk, draft in targets.items():
            draft.put(f.key, sums.get(pk, zero(f)))
    else:
        for draft in drafts:
            if draft.action == "create":
                draft.put(f.key, zero(f))


def zero(f: FieldDef) -> Any:
    """Of nothing: a count of none is nought, any other sum is empty."""
    return 0 if (f.options.get("function") or "count") == "count" else None
