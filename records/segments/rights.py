"""Who may use a segment, read its condition, see its figures and change its list. Deny by default.

A segment shared with roles is a named thing for their members, even where it asks about fields that they
may not read: its condition is not shown to them then. One that is shared with nobody in particular is
there for everybody who may see its record type and read all that it asks about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from crm_config.conditions.contexts import FindSegment
from crm_config.definitions import TypeDef
from crm_config.segments import SegmentDef, segments_of
from records.access import Access
from records.errors import NotVisible
from records.segments.use import among, find_segment


def may_use(segment: SegmentDef, access: Access) -> bool:
    if not segment.in_use or not access.may("view", segment.record_type):
        return False
    if access.unlimited:
        return True
    if segment.roles:
        return _has_one_of(segment.roles, access)
    return may_read_condition(segment, access)


def may_read_condition(segment: SegmentDef, access: Access) -> bool:
    """Whether all that it asks about may be read: also what other segments ask that it names."""
    types = access.snapshot.types
    read: dict[str, set[str]] = defaultdict(set)
    for name, key in segment.reads:
        read[name].add(key)
    return all(
        name in types and keys <= access.readable(types[name]) for name, keys in read.items()
    )


def sees_whole(segment: SegmentDef, access: Access) -> bool:
    """Whether what was counted for everybody tells nothing that this person does not see anyway: every
    record of each type that it looks at, and no field of theirs on some records alone."""
    types = access.snapshot.types
    if not all(key in types and access.sees_all(types[key]) for key in segment.reaches):
        return False
    return all(access.guard(types[name], key) is None for name, key in segment.reads)


def may_keep(segment: SegmentDef, access: Access) -> bool:
    """Whether its list may be changed: by the roles that keep it; where none is named, by those who may use
    it and change records of its type. Each record must be seen, too."""
    return may_use(segment, access) and _keeps(segment, access)


def _keeps(segment: SegmentDef, access: Access) -> bool:
    """Of a segment that may be used."""
    if not segment.listed:
        return False
    if segment.keepers and not access.unlimited:
        return _has_one_of(segment.keepers, access)
    return access.may("change", segment.record_type)


def _has_one_of(roles: Iterable[str], access: Access) -> bool:
    return not {role.key for role in access.roles}.isdisjoint(roles)


def usable(access: Access, record_type: TypeDef | None = None) -> list[SegmentDef]:
    """By name; of one type or of all."""
    found = (
        s
        for s in segments_of(access.snapshot).values()
        if record_type is None or s.record_type is record_type
    )
    return sorted((s for s in found if may_use(s, access)), key=lambda s: s.label.casefold())


def kept(access: Access, record_type: TypeDef) -> list[SegmentDef]:
    """Those whose lists the person may change."""
    return [s for s in usable(access, record_type) if _keeps(s, access)]


def named(key: str, access: Access) -> SegmentDef:
    """Raises `NotVisible` for one that is not there, and for one that is not for this person."""
    found = segments_of(access.snapshot).get(key)
    if found is None or not may_use(found, access):
        raise NotVisible(key)
    return found


def finder(access: Access) -> FindSegment:
    """For the conditions that this person builds."""
    definitions = segments_of(access.snapshot)
    return among(
        find_segment(access.snapshot),
        lambda key: key in definitions and may_use(definitions[key], access),
    )
