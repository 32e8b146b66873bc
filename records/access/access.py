"""`Access`: one person (or the system) asking, at one moment, under one version of the configuration.

Every question has an instance form and a queryset form that agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils import timezone

from crm_config.definitions import FieldDef, RoleDef, Snapshot, TypeDef
from crm_config.live import live
from crm_config.models import User
from records.access.asker import Asker
from records.access.fields import FieldAccess, Guard
from records.access.levels import HIDDEN, LEVELS, READ, WRITE
from records.access.people import Standing, standings
from records.access.scopes import EVERYTHING, NOTHING, Owned

__all__ = ["HIDDEN", "LEVELS", "READ", "WRITE", "Access"]

#: Stands for a role alone, which nobody has to have: see `records.looking`.
ROLE_ALONE = "looks_as_role"
#: Marks a user as whom somebody else looks.
LOOKS_ONLY = "looks_only"


def nobody() -> Mapping[int, Standing]:
    return {}


@dataclass(frozen=True, eq=False)
class Access:
    """`authority`: asks for nobody and may do everything (the system's own work). `stands_for`: the standing of
    the absent persons whose reach it has besides. `read_only`: nothing is written, whatever is granted."""

    snapshot: Snapshot
    user: User | None = None
    standing: Standing = field(default_factory=Standing)
    now: datetime = field(default_factory=timezone.now)
    authority: bool = False
    stands_for: Mapping[int, Standing] = field(default_factory=nobody)
    read_only: bool = False

    @classmethod
    def of(cls, user: User | AnonymousUser) -> Access:
        """What a user may do. Nobody, or somebody switched off, may do nothing."""
        if not isinstance(user, User) or not user.is_active:
            return cls(snapshot=live())
        role = getattr(user, ROLE_ALONE, None)
        if role is not None:
            return cls(snapshot=live(), user=user, standing=Standing((role,)), read_only=True)
        now = timezone.now()
        found = standings(user, now=now)
        own = found.pop(user.pk)
        only = bool(getattr(user, LOOKS_ONLY, False))
        return cls(live(), user, own, now=now, stands_for=found, read_only=only)

    @classmethod
    def system(cls, *, on_behalf_of: User | None = None) -> Access:
        """The authority of the configuration itself: rollups, sample data, automations."""
        return cls(snapshot=live(), user=on_behalf_of, authority=True)

    # -- who ----------------------------------------------------------------------------------

    @property
    def user_id(self) -> int | None:
        return self.user.pk if self.user else None

    @property
    def only_team(self) -> int | None:
        """The user's team, where they belong to one alone: what they make is that team's too."""
        return next(iter(self.standing.teams)) if len(self.standing.teams) == 1 else None

    @cached_property
    def tz(self) -> ZoneInfo:
        """The company's time zone: what "today" means in conditions."""
        return ZoneInfo(self.snapshot.company.time_zone)

    @cached_property
    def unlimited(self) -> bool:
        return self.authority or (self.user is not None and self.user.is_superuser)

    @cached_property
    def askers(self) -> tuple[Asker, ...]:
        """As whom is asked: oneself, then the absent. What superusers may do beyond their roles goes to nobody."""
        own = Asker(self, self.user_id, self.standing, self.unlimited)
        return (own, *(Asker(self, pk, held) for pk, held in sorted(self.stands_for.items())))

    @property
    def roles(self) -> tuple[RoleDef, ...]:
        """The user's own roles that are published."""
        return self.askers[0].roles

    # -- what a token may narrow ---------------------------------------------------------------

    def lets_through(self, record_type: TypeDef, action: str) -> bool:
        """Whether grants of the action count at all."""
        return True

    def most(self, record_type: TypeDef) -> int:
        """The highest level that fields of the type may have."""
        return WRITE

    # -- record types and records -------------------------------------------------------------

    def may(self, action: str, record_type: TypeDef) -> bool:
        """Whether the action is granted on any record of the type at all."""
        return any(asker.granted(record_type, action) for asker in self.askers)

    def allows(self, action: str, record: Owned, record_type: TypeDef) -> bool:
        """The instance form: may this be done with this record? What cannot be seen cannot be changed."""
        return any(asker.allows(action, record, record_type) for asker in self.askers)

    def q(self, action: str, record_type: TypeDef) -> Q:
        """The queryset form of `allows`, over the records of one type."""
        found = NOTHING
        for asker in self.askers:
            reached = asker.q(action, record_type)
            if reached is EVERYTHING or not reached:
                return EVERYTHING
            if reached is not NOTHING:
                found = reached if found is NOTHING else found | reached
        return found

    def sees_all(self, record_type: TypeDef) -> bool:
        """Whether every record of the type may be seen, without a look at any."""
        return any(
            grant.scope == "all"
            for asker in self.askers
            for grant in asker.granted(record_type, "view")
        )

    def visible_types(self) -> tuple[TypeDef, ...]:
        return tuple(t for t in self.snapshot.active_types if self.may("view", t))

    # -- fields -------------------------------------------------------------------------------

    @cached_property
    def _fields(self) -> dict[str, FieldAccess]:
        return {}

    def fields_of(self, record_type: TypeDef) -> FieldAccess:
        found = self._fields.get(record_type.key)
        if found is None:
            found = self._fields[record_type.key] = FieldAccess(record_type, self.askers)
        return found

    def level(self, record_type: TypeDef, key: str) -> int:
        """HIDDEN, READ or WRITE for a field in use: the best that it is on any record. Several roles: the
        most permissive."""
        return self.fields_of(record_type).levels.get(key, HIDDEN)

    def level_of(self, record: Owned, record_type: TypeDef, key: str, *, to: str = "change") -> int:
        """The level on one record that is seen. `to`: what writing the field asks for."""
        return self.fields_of(record_type).level_of(record, key, to=to)

    def guard(self, record_type: TypeDef, key: str) -> Guard | None:
        """Where a field is readable that is not so on every record that is seen; None: on every one, or
        on none."""
        return self.fields_of(record_type).guards.get(key)

    def readable(self, record_type: TypeDef) -> frozenset[str]:
        """The keys, system fields included, that may be read on some record: filters take them, guarded."""
        return self.fields_of(record_type).readable

    def readable_everywhere(self, record_type: TypeDef) -> frozenset[str]:
        """Those that may be read on every record that is seen: what lists may be sorted by, and records
        be told apart by."""
        found = self.fields_of(record_type)
        return found.readable - found.guards.keys()

    def readable_of(self, record: Owned, record_type: TypeDef) -> frozenset[str]:
        """The keys that may be read on this record."""
        return self.fields_of(record_type).readable_of(record)

    def writable(self, record_type: TypeDef) -> frozenset[str]:
        levels = self.fields_of(record_type).levels
        return frozenset(k for k, level in levels.items() if level >= WRITE)

    def shown(self, record_type: TypeDef, keys: Iterable[str]) -> list[FieldDef]:
        """The fields among `keys` that exist and may be read, in the order given."""
        readable = self.readable(record_type)
        return [
            record_type.all_fields[k] for k in keys if k in readable and k in record_type.all_fields
        ]
