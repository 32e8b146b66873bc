"""What a condition may use, where it stands: which fields, kinds of node and dynamic operands.

A filter that somebody builds reads only the fields that they may read; a rule of the administrators
reads all. What a reader may not read does not exist for them: the refusal is that of an unknown field.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from crm_config.conditions.dynamic import DYNAMICS, MOMENTS
from crm_config.conditions.limits import LIMITS, Limits
from crm_config.conditions.paths import Readable, Types
from crm_config.conditions.reach import EVERYWHERE, Reach
from crm_config.conditions.segments import SegmentUse
from crm_config.definitions import FieldDef, Snapshot, TypeDef
from crm_config.field_types.base import CoerceContext

#: Kinds of node, by the key that tells them in JSON.
GROUPS = frozenset({"all", "any", "not"})
QUERY = GROUPS | {"field", "related", "segment"}
CHANGES = frozenset({"changed", "changed_to", "was"})

FindSegment = Callable[[str], SegmentUse | None]


def every_field(field: FieldDef) -> bool:
    return True


def no_segment(key: str) -> SegmentUse | None:
    return None


@dataclass(frozen=True)
class Context:
    """`types` are the record types that the condition is about, mostly one.

    `within` names the segments that are being defined: to name one of them would be a circle.
    `coerce` says how texts are read as values. `reach` limits which related records are seen.
    """

    snapshot: Snapshot
    types: Types
    coerce: CoerceContext
    nodes: frozenset[str] = QUERY
    dynamics: frozenset[str] = frozenset(DYNAMICS)
    readable: Readable = every_field
    reach: Reach = EVERYWHERE
    find_segment: FindSegment = no_segment
    within: frozenset[str] = field(default=frozenset())
    #: Whether paths may follow links, and `related` may be used.
    follows: bool = True
    limits: Limits = LIMITS

    def of(self, types: Types) -> Context:
        return replace(self, types=types)


def plain_coercion(snapshot: Snapshot) -> CoerceContext:
    """Reading of rules: in the company's time zone and currency, ISO dates, no asker, no rates."""
    company = snapshot.company
    return CoerceContext(
        now=datetime.now(UTC), tz=ZoneInfo(company.time_zone), base_currency=company.base_currency
    )


def filtering(
    snapshot: Snapshot,
    record_type: TypeDef,
    *,
    readable: Readable,
    reach: Reach,
    coerce: CoerceContext | None = None,
    find_segment: FindSegment = no_segment,
) -> Context:
    """A condition that somebody builds: list filters, saved views, the API's `where`."""
    return Context(
        snapshot,
        (record_type,),
        coerce or plain_coercion(snapshot),
        readable=readable,
        reach=reach,
        find_segment=find_segment,
    )


def ruling(
    snapshot: Snapshot,
    record_type: TypeDef,
    *,
    coerce: CoerceContext | None = None,
    find_segment: FindSegment = no_segment,
) -> Context:
    """A condition of the administrators with the system's authority: grants, segments, guards."""
    return Context(
        snapshot, (record_type,), coerce or plain_coercion(snapshot), find_segment=find_segment
    )


def computing(
    snapshot: Snapshot, record_type: TypeDef, *, coerce: CoerceContext | None = None
) -> Context:
    """The condition of a rollup: its result is stored, and so can depend neither on the asker nor on
    the day, nor on what further links lead to."""
    return replace(
        ruling(snapshot, record_type, coerce=coerce),
        nodes=GROUPS | {"field"},
        dynamics=frozenset(),
        follows=False,
    )


def watching(
    snapshot: Snapshot,
    record_type: TypeDef,
    *,
    coerce: CoerceContext | None = None,
    find_segment: FindSegment = no_segment,
) -> Context:
    """Triggers and procedures, which also ask what was before."""
    context = ruling(snapshot, record_type, coerce=coerce, find_segment=find_segment)
    return replace(context, nodes=QUERY | CHANGES)


def answering(
    snapshot: Snapshot, record_type: TypeDef, *, coerce: CoerceContext | None = None
) -> Context:
    """Public forms: what was answered and which day it is, nothing about the company's data or staff."""
    return replace(
        ruling(snapshot, record_type, coerce=coerce),
        nodes=GROUPS | {"field"},
        dynamics=MOMENTS,
        follows=False,
    )
