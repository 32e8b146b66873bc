"""Links to records: what may be pointed at, and what stays linked though its asker does not see it.

To somebody who does not see a linked record, there is no link: they can neither name it, not even as it stands,
nor take it away. So nobody learns by trying which record it is, and nothing is lost by saving.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from crm_config.definitions import FieldDef, Snapshot
from records.access.subjects import pooled
from records.gate.batch import Batch
from records.gate.draft import Draft
from records.models import Record

Ids = tuple[int, ...]


def check(batch: Batch) -> None:
    """One query for all the records that are, or are to be, linked."""
    drafts = batch.judged("create", "change")
    pointing = [(draft, f) for draft in drafts for f in _given(draft)]
    wanted = {i for draft, f in pointing for i in (*_now(draft, f), *_before(draft, f))}
    records = _fetch(wanted, batch.snapshot)
    for draft, f in pointing:
        before = _before(draft, f)
        seen = {i for i in before if _seen(batch, records.get(i))}
        for target in _now(draft, f):
            if target not in seen and (
                target in before or not _fits(batch, f, records.get(target))
            ):
                refuse(draft, f, target)
        _keep(draft, f, tuple(i for i in before if i not in seen))


def refuse(draft: Draft, f: FieldDef, target: int) -> None:
    draft.refuse(
        "no_such_target",
        _("“%(field)s” points at something that is not there, or that you may not see.")
        % {"field": f.label},
        f.key,
        target=target,
    )


def _given(draft: Draft) -> Iterator[FieldDef]:
    """The link fields that somebody gave a value, or a default did."""
    for f in draft.record_type.active:
        if f.type.key == "link" and (f.key in draft.given or _now(draft, f) != _before(draft, f)):
            yield f


def _now(draft: Draft, f: FieldDef) -> Ids:
    return draft.after.get(f.key, ())


def _before(draft: Draft, f: FieldDef) -> Ids:
    return draft.before.get(f.key, ())


def _fetch(ids: set[int], snapshot: Snapshot) -> dict[int, Record]:
    if not ids:
        return {}
    rows = Record.unscoped.filter(pk__in=ids).defer("long_data")
    return {row.pk: row for row in pooled(list(rows), snapshot)}


def _seen(batch: Batch, target: Record | None) -> bool:
    if target is None:
        return False
    record_type = batch.snapshot.types.get(target.type)
    return record_type is not None and batch.access.allows("view", target, record_type)


def _fits(batch: Batch, f: FieldDef, target: Record | None) -> bool:
    """What was not linked before must be in use, and of a type that the field takes."""
    if target is None or target.archived_at is not None:
        return False
    return target.type in f.options.get("targets", ()) and _seen(batch, target)


def _keep(draft: Draft, f: FieldDef, unseen: Ids) -> None:
    """A field of one record keeps its unseen one only where it was given no other."""
    now = _now(draft, f)
    if unseen:
        draft.unseen[f.key] = unseen
    if unseen and (f.options.get("multiple") or not now):
        draft.put(f.key, tuple(sorted({*now, *unseen})))
