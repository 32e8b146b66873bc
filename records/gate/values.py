"""Raw values become canonical ones; fields left out of a new record take their defaults."""

from collections import defaultdict
from typing import Any

from django.utils.translation import gettext as _

from crm_config.definitions import FieldDef
from crm_config.field_types.base import REQUIRED_MESSAGE, CoerceContext, ValueRefused
from crm_config.models import Team, User
from records.gate import files, links
from records.gate.batch import Batch
from records.gate.draft import Draft

#: Field types whose values point at something, by its id.
POINTING = ("user", "team", *files.KINDS)


def coerce(batch: Batch) -> None:
    for draft in batch.judged("create"):
        _defaults(draft, batch)
    for draft in batch.judged("create", "change"):
        for key in sorted(draft.given):
            _take(draft, draft.record_type.field(key), draft.change.values[key], batch.context)
    _check_targets(batch)
    links.check(batch)


def _defaults(draft: Draft, batch: Batch) -> None:
    """Whoever makes a record owns it, and it belongs to their team where they are in one: colleagues and leads
    find it without anybody having to say so."""
    for f in draft.record_type.active:
        if f.key not in draft.given and not f.type.computed:
            draft.put(f.key, f.type.default(f, batch.context))
    if "owner" not in draft.given and batch.access.user_id is not None:
        draft.put("owner", batch.access.user_id)
    if "team" not in draft.given and draft.owner_id == batch.access.user_id:
        draft.put("team", batch.access.only_team)


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
            wanted[f.type.key].update(ids)
            pointing.append((draft, f, ids))
    found = {
        "user": _existing_users(wanted["user"]),
        "team": set(Team.objects.filter(pk__in=wanted["team"]).values_list("pk", flat=True))
        if wanted["team"]
        else set(),
        **{kind: files.usable(kind, wanted[kind], batch.access) for kind in files.KINDS},
    }
    for draft, f, ids in pointing:
        for target in ids:
            fits = target in found[f.type.key]
            if not fits and f.type.key in files.KINDS:
                fits = files.was_here(draft, f, target)
            if not fits:
                links.refuse(draft, f, target)


def _existing_users(ids: set[int]) -> set[int]:
    return (
        set(User.objects.filter(pk__in=ids, is_active=True).values_list("pk", flat=True))
        if ids
        else set()
    )
