"""The parts of a list's filter in plain words, with the names of whom and what they are about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from crm_config.conditions.api import Condition, ConditionInvalid, Names, parse
from crm_config.conditions.paths import relation
from crm_config.conditions.tree import InSegment
from crm_config.definitions import FieldDef, TypeDef
from records.access import Access
from records.selectors.conditions import list_context, may_read
from records.selectors.names import kind_of, link_labels, team_names, user_names

GROUPS = ("all", "any")


@dataclass(frozen=True)
class Part:
    """One part of a filter. `problem` says why it cannot be used; it has no words then. `segment` is the
    key of the segment that it asks for, where it asks for nothing else."""

    words: str
    problem: str = ""
    segment: str = ""


def said(
    parts: Sequence[Any], record_type: TypeDef, *, access: Access, known: Names | None = None
) -> list[Part]:
    """`known` are names fetched already: only others are asked for."""
    names = _names(parts, record_type, access, known or Names())
    context = list_context(record_type, access)
    found = []
    for raw in parts:
        try:
            found.append(_part(raw, parse(raw, context), names))
        except ConditionInvalid as invalid:
            found.append(Part("", "; ".join(p.message for p in invalid.problems)))
    return found


def _part(raw: Any, condition: Condition, names: Names) -> Part:
    """One that is a segment's is told by its name alone."""
    if isinstance(condition.tree, InSegment):
        name = {"segment": condition.tree.use.label}
        return Part(_("Segment: %(segment)s") % name, segment=raw["segment"])
    return Part(condition.words(names))


def _names(parts: Sequence[Any], record_type: TypeDef, access: Access, known: Names) -> Names:
    wanted: dict[str, set[int]] = defaultdict(set)
    for raw in parts:
        for kind, ids in _pointed_at(raw, [record_type], access):
            wanted[kind].update(ids)
    return Names(
        users={**known.users, **user_names(wanted["users"] - known.users.keys())},
        teams={**known.teams, **team_names(wanted["teams"] - known.teams.keys())},
        records={
            **known.records,
            **link_labels(wanted["records"] - known.records.keys(), access=access),
        },
    )


def _pointed_at(
    raw: Any, types: Sequence[TypeDef], access: Access
) -> Iterator[tuple[str, list[int]]]:
    """The kinds and ids that a condition's operands name."""
    if not isinstance(raw, Mapping):
        return
    for group in GROUPS:
        for inner in raw.get(group) or () if isinstance(raw.get(group), list) else ():
            yield from _pointed_at(inner, types, access)
    if "not" in raw:
        yield from _pointed_at(raw["not"], types, access)
    if "where" in raw:
        yield from _pointed_at(raw["where"], _related(raw.get("related"), types, access), access)
    f = _field_at(str(raw.get("field", "")), types, access)
    kind = kind_of(f) if f is not None else None
    if kind in ("users", "teams", "records"):
        value = raw.get("value")
        values = value if isinstance(value, list) else [value]
        yield kind, [v for v in values if isinstance(v, int) and not isinstance(v, bool)]


def _related(key: Any, types: Sequence[TypeDef], access: Access) -> Sequence[TypeDef]:
    """The types that a relation leads to; none for one that is not there."""
    try:
        return relation(str(key), tuple(types), access.snapshot, may_read(access)).far
    except LookupError:
        return ()


def _field_at(path: str, types: Sequence[TypeDef], access: Access) -> FieldDef | None:
    """The field at the end of a path over links, of the first type that has it."""
    *hops, last = path.split(".")
    for hop in hops:
        links = [t.all_fields[hop] for t in types if hop in t.all_fields]
        keys = {key for link in links for key in link.options.get("targets", ())}
        types = [access.snapshot.types[key] for key in keys if key in access.snapshot.types]
    return next((t.all_fields[last] for t in types if last in t.all_fields), None)
