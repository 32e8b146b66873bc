"""Conditions that people build over records: what they may name, from where they are seen, how far they reach."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q

from crm_config.conditions.api import Context, Standpoint, Subject, filtering
from crm_config.definitions import FieldDef, TypeDef
from crm_config.field_types.base import CoerceContext
from crm_config.models import Membership
from records.access import Access
from records.access.people import descendants
from records.rates import rate_on
from records.segments.rights import finder


def may_read(access: Access) -> Callable[[FieldDef], bool]:
    types = access.snapshot.types
    return lambda f: f.key in access.readable(types[f.record_type])


def list_context(record_type: TypeDef, access: Access) -> Context:
    coerce = CoerceContext(
        now=access.now,
        tz=access.tz,
        me=access.user_id,
        base_currency=access.snapshot.company.base_currency,
        rate=rate_on,
    )
    return filtering(
        access.snapshot,
        record_type,
        readable=may_read(access),
        reach=Sight(access),
        coerce=coerce,
        find_segment=finder(access),
    )


def standpoint(access: Access) -> Standpoint:
    return Standpoint(
        now=access.now,
        tz=access.tz,
        me=access.user_id,
        my_teams=access.standing.teams,
        my_reports=_reports(access) if access.standing.leads else frozenset(),
    )


def _reports(access: Access) -> frozenset[int]:
    """The people of the teams that I lead, and below."""
    teams = descendants(access.standing.leads)
    return frozenset(Membership.objects.filter(team__in=teams).values_list("user", flat=True))


@dataclass(frozen=True)
class Sight:
    """A filter reaches related records only as far as its author sees them."""

    access: Access

    def q(self, record_type: TypeDef) -> Q | None:
        return self.access.q("view", record_type)

    def sees(self, subject: Subject) -> bool:
        owned = Owner(subject.value("owner"), subject.value("team"))
        return self.access.allows("view", owned, subject.type)


@dataclass(frozen=True)
class Owner:
    owner_id: int | None
    team_id: int | None
