"""The least that would change a no: each is tried before it is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from crm_config.definitions import FieldDef, GrantDef, RoleDef, TypeDef
from crm_config.words.access import ACTIONS, FIELD_RIGHTS, SCOPES_IN_FULL
from records.access import Access
from records.access import shares as sharing
from records.access.people import Standing
from records.explain import fields
from records.explain.tree import Part, Remedy
from records.models import Record, RecordShare

#: From the narrowest to the widest.
WIDENING = ("own", "participant", "team", "team_below", "all")
MOST_ROLES = 3
#: The right on a field that lets one do it.
FIELD_LEVELS = {"view": "read", "change": "write"}


def remedies(
    access: Access,
    action: str,
    record: Record | None,
    record_type: TypeDef,
    in_the_way: Sequence[Part] = (),
    f: FieldDef | None = None,
) -> list[Remedy]:
    """The smallest of each kind, the smallest first: a share of this record, a wider scope of a role that they
    have, a grant that it lacks, another role. Of a field of a record that they may reach: a right on it."""
    if record_type.retired or access.user is None:
        return []
    found: list[Remedy] = []
    if any(part.kind == "archived" for part in in_the_way):
        found.append(Remedy("restore", _("Restoring it")))
    if allowed(access, action, record, record_type):
        if f is not None and record is not None:
            found.extend(_of_field(access, action, record, record_type, f))
        return found
    if record is not None:
        found.extend(_share(access, action, record, record_type, f))
    found.extend(_of_roles(access, action, record, record_type, f))
    if not any(remedy.kind in ("scope", "grant") for remedy in found):
        found.extend(_another_role(access, action, record, record_type, f))
    return found


def allowed(
    access: Access,
    action: str,
    record: Record | None,
    record_type: TypeDef,
    f: FieldDef | None = None,
) -> bool:
    if record is None:
        return access.may(action, record_type)
    if f is not None:
        return fields.allowed(access, action, record, record_type, f.key)
    return access.allows(action, record, record_type)


def _share(
    access: Access, action: str, record: Record, record_type: TypeDef, f: FieldDef | None
) -> Iterator[Remedy]:
    for level in RecordShare.Level.values:
        if action in sharing.LEVELS and allowed(
            _with_share(access, record, record_type, level), action, record, record_type, f
        ):
            label = str(RecordShare.Level(level).label)
            yield Remedy("share", _("Its being shared: %(level)s") % {"level": label}, level=level)
            return


def _with_share(access: Access, record: Record, record_type: TypeDef, level: str) -> Access:
    standing = replace(access.standing, shared=access.standing.shared | {record_type.number})
    tried = replace(access, standing=standing, stands_for={})
    tried.askers[0].suppose_shared(record_type, record.pk, level)
    return tried


def _of_roles(
    access: Access,
    action: str,
    record: Record | None,
    record_type: TypeDef,
    f: FieldDef | None,
) -> Iterator[Remedy]:
    """Of all their roles, the least widening."""
    best: tuple[tuple[int, int], Remedy] | None = None
    for role in access.roles:
        for rank, scope in enumerate(WIDENING):
            wider = _wider(role, action, record, record_type, scope)
            if not wider or not allowed(
                _with_role(access, role, record_type, wider), action, record, record_type, f
            ):
                continue
            new = any((record_type.key, each) not in role.grants for each in wider)
            size = (rank, len(wider))
            if best is None or size < best[0]:
                best = size, _remedy(role, record_type, wider, kind="grant" if new else "scope")
            break
    if best is not None:
        yield best[1]


def _of_field(
    access: Access, action: str, record: Record, record_type: TypeDef, f: FieldDef
) -> Iterator[Remedy]:
    """Of the first role that is enough."""
    level = FIELD_LEVELS[action]
    for role in access.roles:
        if not allowed(
            with_field(access, role, record_type, f, level), action, record, record_type, f
        ):
            continue
        named = {"role": role.label, "field": f.label, "right": str(FIELD_RIGHTS[level])}
        words = _("The role %(role)s on the field %(field)s: %(right)s") % named
        yield Remedy("field", words, role=role.key, level=level)
        return


def with_field(
    access: Access, role: RoleDef, record_type: TypeDef, f: FieldDef, level: str
) -> Access:
    """To try what a right on a field, without a condition, would change."""
    place = (record_type.key, f.key)
    kept = {key: said for key, said in role.field_conditions.items() if key != place}
    return _with(access, replace(role, fields={**role.fields, place: level}, field_conditions=kept))


def _wider(
    role: RoleDef, action: str, record: Record | None, record_type: TypeDef, scope: str
) -> dict[str, str]:
    """The grants to be changed so that each of what the action takes reaches at least so far. Conditions are
    not judged: a plain scope takes their place."""
    needed = [action] if record is None or action in ("view", "create") else ["view", action]
    found = {}
    for each in needed:
        grant = role.grants.get((record_type.key, each))
        held = grant.scope if grant is not None else "none"
        if held not in WIDENING or WIDENING.index(held) < WIDENING.index(scope):
            found[each] = scope
    return found


def _with_role(
    access: Access, role: RoleDef, record_type: TypeDef, grants: Mapping[str, str]
) -> Access:
    changed = {
        (record_type.key, action): GrantDef(record_type.key, action, scope)
        for action, scope in grants.items()
    }
    return _with(access, replace(role, grants={**role.grants, **changed}))


def _with(access: Access, role: RoleDef) -> Access:
    snapshot = replace(access.snapshot, roles={**access.snapshot.roles, role.key: role})
    return replace(access, snapshot=snapshot, stands_for={})


def _remedy(role: RoleDef, record_type: TypeDef, grants: Mapping[str, str], *, kind: str) -> Remedy:
    said = ", ".join(
        f"{ACTIONS[action]}: {str(SCOPES_IN_FULL[scope]).lower()}"
        for action, scope in grants.items()
    )
    words = _("The role %(role)s on %(type)s: %(grants)s") % {
        "role": role.label,
        "type": record_type.plural_label,
        "grants": said,
    }
    return Remedy(kind, words, role=role.key, grants=dict(grants))


def _another_role(
    access: Access,
    action: str,
    record: Record | None,
    record_type: TypeDef,
    f: FieldDef | None,
) -> Iterator[Remedy]:
    had = {role.key for role in access.roles}
    found = 0
    for key, role in access.snapshot.roles.items():
        if key in had or role.administers or found == MOST_ROLES:
            continue
        standing: Standing = replace(access.standing, roles=(*access.standing.roles, key))
        tried = replace(access, standing=standing, stands_for={})
        if allowed(tried, action, record, record_type, f):
            found += 1
            yield Remedy("role", _("Having the role %(role)s") % {"role": role.label}, role=key)
