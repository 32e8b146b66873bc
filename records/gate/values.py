"""Raw values become canonical ones; fields left out of a new record take their defaults."""

from collections import defaultdict
from typing import Any

from django.utils.translation import gettext as _

from crm_config.definitions import FieldDef, Snapshot
from crm_config.field_types.base import REQUIRED_MESSAGE, CoerceContext, ValueRefused
from crm_config.models import Team, User
from records.access.subjects import pooled
from records.gate import files
from records.gate.batch import Batch
from records.gate.draft import Draft
from records.models import Record

#: Field types whose values point at something, by its id.
POINTING = ("user", "team", "link", *files.KINDS)


def coerce(batch: Batch) -> None:
    for draft in batch.judged("create"):
        _defaults(draft, batch.context)
    for draft in batch.judged("create", "change"):
        for key in sorted(draft.given):
            _take(draft, draft.record_type.field(key), draft.change.values[key], batch.context)
    _check_targets(batch)


def _defaults(draft: Draft, context: CoerceContext) -> None:
    for f in draft.record_type.active:
        if f.key not in draft.given and not f.type.computed:
            draft.put(f.key, f.type.default(f, context))
    if "owner" not in draft.given and context.me is not None:
        draft.put("owner", context.me)


def _take(draft: Draft, f: FieldDef, raw: Any, context: CoerceContext) -> None:
    before = draft.before.get(f.key)
    try:
        value = f.type.coerce(f, raw, context)
        f.type.check_new(f, value, before)
    except ValueRefused as refusal:
        draft.refuse(refusal.code, refusal.message, f.key)
        return
    if (
        f.readonly_after_creation
        and draft.action == "change"
        and before is not None
        and value != before
    ):
        draft.refuse(
            "read_only",
            _("“%(field)s” is fixed once the record exists.") % {"field": f.label},
            f.key,
        )
        return
    draft.put(f.key, value)


def required(batch: Batch) -> None:
    """A required field must have a value in a new record, and may not lose it: a record that never had
    one (the field became required later) can still be changed elsewhere."""
    for draft in batch.judged("create", "change"):
        refused = draft.refused_fields
        for f in draft.record_type.active:
            if not f.required or f.key in draft.after or f.type.computed or f.key in refused:
                continue
            if draft.action == "create" or f.key in draft.before or f.key in draft.given:
                draft.refuse("required", REQUIRED_MESSAGE, f.key)


def _check_targets(batch: Batch) -> None:
    """Users, teams, records and files that values point at must exist, be of a kind that fits, and be visible
    to whoever points at them. One query for each kind of target."""
    wanted: dict[str, set[int]] = defaultdict(set)
    pointing: list[tuple[Draft, FieldDef, tuple[int, ...]]] = []
    for draft in batch.judged("create", "change"):
        for key in draft.changed():
            f = draft.record_type.all_fields.get(key)
            if f is None or f.type.key not in POINTING:
                continue
            value = draft.after.get(key)
            ids = value if isinstance(value, tuple) else (value,) if value is not None else ()
            known = draft.before.get(key)
            fresh = tuple(i for i in ids if not (isinstance(known, tuple) and i in known))
            wanted[f.type.key].update(fresh)
            pointing.append((draft, f, fresh))
    found = {
        "user": _existing_users(wanted["user"]),
        "team": set(Team.objects.filter(pk__in=wanted["team"]).values_list("pk", flat=True))
        if wanted["team"]
        else set(),
        **{kind: files.usable(kind, wanted[kind], batch.access) for kind in files.KINDS},
    }
    records = _targets(wanted["link"], batch.snapshot)
    for draft, f, ids in pointing:
        for target in ids:
            fits = (
                _link_fits(batch, f, records.get(target))
                if f.type.key == "link"
                else target in found[f.type.key]
            )
            if not fits and f.type.key in files.KINDS:
                fits = files.was_here(draft, f, target)
            if not fits:
                draft.refuse(
                    "no_such_target",
                    _("“%(field)s” points at something that is not there, or that you may not see.")
                    % {"field": f.label},
                    f.key,
                    target=target,
                )


def _existing_users(ids: set[int]) -> set[int]:
    return (
        set(User.objects.filter(pk__in=ids, is_active=True).values_list("pk", flat=True))
        if ids
        else set()
    )


def _targets(ids: set[int], snapshot: Snapshot) -> dict[int, Record]:
    if not ids:
        return {}
    rows = Record.unscoped.filter(pk__in=ids, archived_at=None).defer("long_data")
    return {row.pk: row for row in pooled(list(rows), snapshot)}


def _link_fits(batch: Batch, f: FieldDef, target: Record | None) -> bool:
    if target is None or target.type not in f.options.get("targets", ()):
        return False
    record_type = batch.snapshot.types.get(target.type)
    return record_type is not None and batch.access.allows("view", target, record_type)
