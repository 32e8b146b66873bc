"""Counter-examples of the kinds that say who may not do something."""

from __future__ import annotations

from collections.abc import Iterable

from crm_config.conditions.api import Condition
from crm_config.definitions import Snapshot, TypeDef
from crm_config.promises.checking import Example
from records.access import Access
from records.promises.reached import first, granted, through


def of_role(
    access: Access, role: str, action: str, record_type: TypeDef, condition: Condition | None
) -> Example | None:
    """By the role alone, whoever has it: without a condition the grant says it, with one a record must be there."""
    if not granted(access, action, record_type):
        return None
    record = None
    if condition is not None:
        found = first([access], action, record_type, condition)
        if found is None:
            return None
        record = found[1]
    return Example(
        role=role,
        record=record,
        action=action,
        type=record_type.key,
        roles=(role,),
        scope=scope_of(access.snapshot, role, action, record_type),
        alone=True,
    )


def of_people(
    people: Iterable[Access], action: str, record_type: TypeDef, condition: Condition | None
) -> Example | None:
    """With all their roles, and whatever else lets them: first what grants say, then what records say."""
    asked = list(people)
    if condition is None:
        for access in asked:
            if granted(access, action, record_type):
                return _of_person(access, action, record_type, None)
    if action == "create":
        return None
    found = first(asked, action, record_type, condition)
    return _of_person(found[0], action, record_type, found[1]) if found else None


def _of_person(access: Access, action: str, record_type: TypeDef, record: int | None) -> Example:
    roles = through(access, action, record_type, record)
    return Example(
        user=access.user_id,
        record=record,
        action=action,
        type=record_type.key,
        roles=roles,
        scope=scope_of(access.snapshot, roles[0], action, record_type) if roles else "",
    )


def scope_of(snapshot: Snapshot, role: str, action: str, record_type: TypeDef) -> str:
    grant = snapshot.roles[role].grants.get((record_type.key, action))
    return grant.scope if grant else ""


def of_field(
    access: Access, record_type: TypeDef, field: str, right: str, *, role: str = ""
) -> Example | None:
    """Of a role alone, or of a person."""
    level = {"read": access.readable, "write": access.writable}[right]
    if field not in level(record_type):
        return None
    return Example(
        role=role,
        user=None if role else access.user_id,
        action=right,
        type=record_type.key,
        field=field,
        roles=access.standing.roles if not role else (role,),
        alone=bool(role),
    )
