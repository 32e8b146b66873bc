"""What a scope reaches: for one record in Python, and for a query. The two agree (property test).

A new kind of scope is one entry here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from django.db.models import Q

if TYPE_CHECKING:
    from records.access.access import Access


class Owned(Protocol):
    """What scopes look at: a record, or a draft of one."""

    @property
    def owner_id(self) -> int | None: ...

    @property
    def team_id(self) -> int | None: ...


@dataclass(frozen=True)
class Scope:
    holds: Callable[[Access, Owned], bool]
    q: Callable[[Access], Q]


#: False for every row; a plain `Q(pk__in=[])` makes Django skip the query, which unions need.
NOTHING = Q(pk__in=[])
EVERYTHING = Q()


def _own(access: Access, record: Owned) -> bool:
    return record.owner_id is not None and record.owner_id == access.user_id


def _team(access: Access, record: Owned) -> bool:
    return _own(access, record) or record.team_id in access.standing.teams


def _team_below(access: Access, record: Owned) -> bool:
    return _own(access, record) or record.team_id in access.standing.below


def _owner_q(access: Access) -> Q:
    return Q(owner_id=access.user_id)


SCOPES: Mapping[str, Scope] = {
    "own": Scope(_own, _owner_q),
    "team": Scope(_team, lambda a: _owner_q(a) | Q(team_id__in=sorted(a.standing.teams))),
    "team_below": Scope(
        _team_below, lambda a: _owner_q(a) | Q(team_id__in=sorted(a.standing.below))
    ),
    "all": Scope(lambda access, record: True, lambda access: EVERYTHING),
}
