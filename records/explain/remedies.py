"""The least that would change a no: each is tried before it is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from crm_config.definitions import GrantDef, RoleDef, TypeDef
from crm_config.words.access import ACTIONS, SCOPES_IN_FULL
from records.access import Access
from records.access import shares as sharing
from records.access.people import Standing
from records.explain.tree import Part, Remedy
from records.models import Record, RecordShare

#: From the narrowest to the widest.
WIDENING = ("own", "participant", "team", "team_below", "all")
MOST_ROLES = 3


def remedies(
    access: Access,
    action: str,
    record: Record | None,
    record_type: TypeDef,
    in_the_way: Sequence[Part] = (),
) -> list[Remedy]:
    """The smallest of each kind, the smallest first: a share of this record, a wider scope of a role that they
    have, a grant that it lacks, another role."""
    if record_type.retired or access.user is None:
        return []
    found: list[Remedy] = []
    if any(part.kind == "archived" for part in in_the_way):
        found.append(Remedy("restore", _("Restoring it")))
    if allowed(access, action, record, record_type):
        return found
    if record is not None:
        found.extend(_share(access, action, record, record_type))
    found.extend(_of_roles(access, action, record, record_type))
    if not any(remedy.kind in ("scope", "grant") for remedy in found):
        found.extend(_another_role(access, action, record, record_type))
    return found


def allowed(access: Access, action: str, record: Record | None, record_type: TypeDef) -> bool:
    if record is None:
        return access.may(action, record_type)
    return access.allows(action, record, record_type)


def _share(access: Access, action: str, record: Record, record_type: TypeDef) -> Iterator[Remedy]:
    for level in RecordShare.Level.values:
        if action in sharing.LEVELS and allowed(
            _with_share(access, record, record_type, level), action, record, record_type
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
    access: Access, action: str, record: Record | None, record_type: TypeDef
) -> Iterator[Remedy]:
    """Of all their roles, the least widening."""
    best: tuple[tuple[int, int], Remedy] | None = None
    for role in access.roles:
        for rank, scope in enumerate(WIDENING):
            wider = _wider(role, action, record, record_type, scope)
            if not wider or not allowed(
                _with_role(access, role, record_type, wider), action, record, record_type
            ):
                continue
            new = any((record_type.key, each) not in role.grants for each in wider)
            size = (rank, len(wider))
            if best is None or size < best[0]:
                best = size, _remedy(role, record_type, wider, kind="grant" if new else "scope")
            break
    if best is not None:
        yield best[1]


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
    wider = replace(role, grants={**role.grants, **changed})
    snapshot = replace(access.snapshot, roles={**access.snapshot.roles, role.key: wider})
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
    access: Access, action: str, record: Record | None, record_type: TypeDef
) -> Iterator[Remedy]:
    had = {role.key for role in access.roles}
    found = 0
    for key, role in access.snapshot.roles.items():
        if key in had or role.administers or found == MOST_ROLES:
            continue
        standing: Standing = replace(access.standing, roles=(*access.standing.roles, key))
        tried = replace(access, standing=standing, stands_for={})
        if allowed(tried, action, record, record_type):
            found += 1
            yield Remedy("role", _("Having the role %(role)s") % {"role": role.label}, role=key)
