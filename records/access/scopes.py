"""What a scope reaches: for one record in Python, and for a query. The two agree (property test).

A new kind of scope is one entry here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from django.db.models import Q

from crm_config import rules
from crm_config.conditions.api import Condition
from crm_config.definitions import RoleDef, TypeDef
from records.access.participants import participants

if TYPE_CHECKING:
    from records.access.asker import Asker


class Owned(Protocol):
    """What scopes look at: a record, or a draft of one."""

    @property
    def owner_id(self) -> int | None: ...

    @property
    def team_id(self) -> int | None: ...


@dataclass(frozen=True)
class Granted:
    """One grant of one role, as it holds for whoever asks."""

    role: RoleDef | None
    type: TypeDef
    action: str
    scope: str


@dataclass(frozen=True)
class Scope:
    """`works` is whether it can be asked at all."""

    holds: Callable[[Asker, Owned, Granted], bool]
    q: Callable[[Asker, Granted], Q]
    works: Callable[[Asker, Granted], bool] = lambda asker, grant: True


#: False for every row; a plain `Q(pk__in=[])` makes Django skip the query, which unions need.
NOTHING = Q(pk__in=[])
EVERYTHING = Q()


def _own(asker: Asker, record: Owned, grant: Granted) -> bool:
    return record.owner_id is not None and record.owner_id == asker.user_id


def _owner_q(asker: Asker, grant: Granted) -> Q:
    return NOTHING if asker.user_id is None else Q(owner_id=asker.user_id)


def _team(asker: Asker, record: Owned, grant: Granted) -> bool:
    return _own(asker, record, grant) or record.team_id in asker.standing.teams


def _team_q(asker: Asker, grant: Granted) -> Q:
    return _owner_q(asker, grant) | Q(team_id__in=sorted(asker.standing.teams))


def _team_below(asker: Asker, record: Owned, grant: Granted) -> bool:
    return _own(asker, record, grant) or record.team_id in asker.standing.below


def _team_below_q(asker: Asker, grant: Granted) -> Q:
    return _owner_q(asker, grant) | Q(team_id__in=sorted(asker.standing.below))


def _participant(asker: Asker, record: Owned, grant: Granted) -> bool:
    named = participants(grant.type, asker.snapshot)
    return _own(asker, record, grant) or (
        named is not None and asker.fits(named, record, grant.type)
    )


def _participant_q(asker: Asker, grant: Granted) -> Q:
    named = participants(grant.type, asker.snapshot)
    own = _owner_q(asker, grant)
    return own if named is None else own | named.q(asker.standpoint)


def condition_of(asker: Asker, grant: Granted) -> Condition | None:
    if grant.role is None:
        return None
    return rules.of_grant(grant.role, grant.type, grant.action, asker.snapshot)


def _condition(asker: Asker, record: Owned, grant: Granted) -> bool:
    condition = condition_of(asker, grant)
    return condition is not None and asker.fits(condition, record, grant.type)


def _condition_q(asker: Asker, grant: Granted) -> Q:
    condition = condition_of(asker, grant)
    return NOTHING if condition is None else condition.q(asker.standpoint)


SCOPES: Mapping[str, Scope] = {
    "own": Scope(_own, _owner_q),
    "participant": Scope(_participant, _participant_q),
    "team": Scope(_team, _team_q),
    "team_below": Scope(_team_below, _team_below_q),
    "all": Scope(lambda asker, record, grant: True, lambda asker, grant: EVERYTHING),
    "condition": Scope(
        _condition, _condition_q, lambda asker, grant: condition_of(asker, grant) is not None
    ),
}
