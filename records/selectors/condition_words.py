"""Conditions in plain words, with the names of whom and what they are about."""

from __future__ import annotations

from collections.abc import Iterable

from crm_config.conditions.api import Condition, Names
from records.access import Access
from records.selectors.names import link_labels, team_names, user_names


def names_in(
    conditions: Iterable[Condition], *, access: Access, known: Names | None = None
) -> Names:
    """What the conditions name; `known` are names fetched already: only others are asked for."""
    known = known or Names()
    users: set[int] = set()
    teams: set[int] = set()
    records: set[int] = set()
    for condition in conditions:
        named = condition.named()
        users |= named["users"]
        teams |= named["teams"]
        records |= named["records"]
    return Names(
        users={**known.users, **user_names(users - known.users.keys())},
        teams={**known.teams, **team_names(teams - known.teams.keys())},
        records={**known.records, **link_labels(records - known.records.keys(), access=access)},
    )


def sentence(condition: Condition, *, access: Access) -> str:
    return condition.words(names_in([condition], access=access))
