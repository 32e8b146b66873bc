"""What a condition needs of a segment: it holds for a record, or as a query. Segments implement it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from django.db.models import Q

    from crm_config.conditions.reach import Reach
    from crm_config.conditions.standpoint import Standpoint
    from crm_config.conditions.subjects import Subject
    from crm_config.definitions import TypeDef


class SegmentUse(Protocol):
    """A segment that a condition names. `uses` holds the segments that it names itself, and those
    that these name in turn: a segment must not be among them.

    `q` says something also where it finds nobody (`expressions.never()`): what Django leaves out takes the
    query around it along. It is not wrapped to prevent that, for inside an OR no database begins with a list.
    """

    @property
    def key(self) -> str: ...

    @property
    def label(self) -> str: ...

    @property
    def record_type(self) -> TypeDef: ...

    @property
    def uses(self) -> frozenset[str]: ...

    def q(self, standpoint: Standpoint, reach: Reach) -> Q: ...

    def test(self, subject: Subject, standpoint: Standpoint, reach: Reach) -> bool: ...
