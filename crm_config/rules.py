"""Conditions that administrators attach to grants and rights: compiled once for each version.

A condition that cannot be read (something it names is gone) is no condition: whoever asks must deny.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from crm_config.conditions.api import (
    Condition,
    ConditionInvalid,
    ConditionProblem,
    Context,
    parse,
    ruling,
)
from crm_config.conditions.limits import LIMITS as USUAL
from crm_config.definitions import RoleDef, Snapshot, TypeDef
from crm_config.segment_finder import find_in

MEMO = "rules"
#: Filters reach related records through these conditions, which then stand inside the filter's own.
LIMITS = replace(USUAL, depth=6, nodes=100)


def context(snapshot: Snapshot, record_type: TypeDef) -> Context:
    found = ruling(snapshot, record_type, find_segment=find_in(snapshot))
    return replace(found, limits=LIMITS)


def read(raw: Any, snapshot: Snapshot, record_type: TypeDef) -> Condition:
    """Raises `ConditionInvalid`, also for what holds for every record or for none: that is said plainly."""
    if not raw:
        raise ConditionInvalid([ConditionProblem("", _("Say which records it is about."))])
    condition = parse(raw, context(snapshot, record_type))
    if condition.constant is not None:
        message = _("It holds for every record.") if condition.constant else _("It holds for none.")
        raise ConditionInvalid([ConditionProblem("", message)])
    return condition


def problems(raw: Any, snapshot: Snapshot, record_type: TypeDef) -> Iterator[ConditionProblem]:
    """What keeps it from being used; nothing where it can be."""
    try:
        read(raw, snapshot, record_type)
    except ConditionInvalid as invalid:
        yield from invalid.problems


def of_grant(
    role: RoleDef, record_type: TypeDef, action: str, snapshot: Snapshot
) -> Condition | None:
    """None: it cannot be read, and so grants nothing."""
    grant = role.grants[record_type.key, action]
    return _compiled((role.key, "grant", record_type.key, action), grant.condition, snapshot)


def of_field(role: RoleDef, record_type: TypeDef, key: str, snapshot: Snapshot) -> Condition | None:
    """None: it cannot be read, and so gives no right."""
    raw = role.field_conditions[record_type.key, key]
    return _compiled((role.key, "field", record_type.key, key), raw, snapshot)


def _compiled(name: tuple[str, str, str, str], raw: Any, snapshot: Snapshot) -> Condition | None:
    known: dict[tuple[str, ...], Condition | None] = snapshot.memo.setdefault(MEMO, {})
    if name not in known:
        try:
            known[name] = read(raw, snapshot, snapshot.types[name[2]])
        except (ConditionInvalid, KeyError):
            known[name] = None
    return known[name]


@dataclass(frozen=True)
class Broken:
    """A condition of a role that can no longer be read: what it was to grant is denied."""

    role: RoleDef
    type: TypeDef
    what: str
    problems: tuple[ConditionProblem, ...]


def broken(snapshot: Snapshot) -> list[Broken]:
    """Archived types grant nothing anyway."""
    found: list[Broken] | None = snapshot.memo.get("rules.broken")
    if found is None:
        found = snapshot.memo["rules.broken"] = list(_broken(snapshot))
    return found


def _broken(snapshot: Snapshot) -> Iterator[Broken]:
    for role in snapshot.roles.values():
        for type_key, what, raw in conditions_of(role):
            record_type = snapshot.types.get(type_key)
            if record_type is not None and not record_type.retired:
                found = tuple(problems(raw, snapshot, record_type))
                if found:
                    yield Broken(role, record_type, what, found)


def conditions_of(role: RoleDef) -> Iterator[tuple[str, str, Any]]:
    """The type, the action or the field's key, and the JSON of each."""
    for (type_key, action), grant in role.grants.items():
        if grant.scope == "condition":
            yield type_key, action, grant.condition
    for (type_key, key), raw in role.field_conditions.items():
        yield type_key, key, raw


def raw_conditions(role: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], Any]]:
    """The grants and field rights of a role's JSON that have a condition, with it."""
    for grant in (*role.get("grants", ()), *role.get("fields", ())):
        if grant.get("condition"):
            yield grant, grant["condition"]
