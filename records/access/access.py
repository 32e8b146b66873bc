"""`Access`: one person (or the system) asking, at one moment, under one version of the configuration.

Every question has an instance form and a queryset form that agree.
"""

from __future__ import annotations

from collections.abc import Iterable
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
from records.access.people import Standing, standing
from records.access.scopes import EVERYTHING, NOTHING, SCOPES, Owned

HIDDEN, READ, WRITE = 0, 1, 2
LEVELS = {"hidden": HIDDEN, "read": READ, "write": WRITE}


@dataclass(frozen=True, eq=False)
class Access:
    """`authority`: asks for nobody and may do everything (the system's own work)."""

    snapshot: Snapshot
    user: User | None = None
    standing: Standing = field(default_factory=Standing)
    now: datetime = field(default_factory=timezone.now)
    authority: bool = False

    @classmethod
    def of(cls, user: User | AnonymousUser) -> Access:
        """What a user may do. Nobody, or somebody switched off, may do nothing."""
        if not isinstance(user, User) or not user.is_active:
            return cls(snapshot=live())
        return cls(snapshot=live(), user=user, standing=standing(user))

    @classmethod
    def system(cls, *, on_behalf_of: User | None = None) -> Access:
        """The authority of the configuration itself: rollups, sample data, automations."""
        return cls(snapshot=live(), user=on_behalf_of, authority=True)

    # -- who ----------------------------------------------------------------------------------

    @property
    def user_id(self) -> int | None:
        return self.user.pk if self.user else None

    @cached_property
    def tz(self) -> ZoneInfo:
        """The company's time zone: what "today" means in conditions."""
        return ZoneInfo(self.snapshot.company.time_zone)

    @cached_property
    def unlimited(self) -> bool:
        return self.authority or (self.user is not None and self.user.is_superuser)

    @cached_property
    def roles(self) -> tuple[RoleDef, ...]:
        """The user's roles that are published."""
        published = self.snapshot.roles
        return tuple(published[key] for key in self.standing.roles if key in published)

    # -- record types and records -------------------------------------------------------------

    def scopes(self, record_type: TypeDef, action: str) -> frozenset[str]:
        """The scopes granted, from all roles. Empty: not at all."""
        if record_type.retired:
            return frozenset()
        if self.unlimited:
            return frozenset({"all"})
        grants = (role.grants.get((record_type.key, action)) for role in self.roles)
        found = frozenset(g.scope for g in grants if g is not None and g.scope in SCOPES)
        return frozenset({"all"}) if "all" in found else found

    def may(self, action: str, record_type: TypeDef) -> bool:
        """Whether the action is granted on any record of the type at all."""
        return bool(self.scopes(record_type, action))

    def allows(self, action: str, record: Owned, record_type: TypeDef) -> bool:
        """The instance form: may this be done with this record? What cannot be seen cannot be changed."""
        if action not in ("view", "create") and not self.allows("view", record, record_type):
            return False
        return any(SCOPES[scope].holds(self, record) for scope in self.scopes(record_type, action))

    def q(self, action: str, record_type: TypeDef) -> Q:
        """The queryset form of `allows`, over the records of one type."""
        reached = self._scope_q(action, record_type)
        if action not in ("view", "create") and reached is not NOTHING:
            seen = self._scope_q("view", record_type)
            return NOTHING if seen is NOTHING else seen & reached
        return reached

    def _scope_q(self, action: str, record_type: TypeDef) -> Q:
        scopes = self.scopes(record_type, action)
        if not scopes:
            return NOTHING
        if "all" in scopes:
            return EVERYTHING
        reached = Q()
        for scope in sorted(scopes):
            reached |= SCOPES[scope].q(self)
        return reached

    def visible_types(self) -> tuple[TypeDef, ...]:
        return tuple(t for t in self.snapshot.active_types if self.may("view", t))

    # -- fields -------------------------------------------------------------------------------

    def level(self, record_type: TypeDef, key: str) -> int:
        """HIDDEN, READ or WRITE for a field in use; several roles: the most permissive."""
        return self._levels(record_type).get(key, HIDDEN)

    def readable(self, record_type: TypeDef) -> frozenset[str]:
        """The keys, system fields included, that may be read, filtered, sorted and searched by."""
        return frozenset(k for k, level in self._levels(record_type).items() if level >= READ)

    def writable(self, record_type: TypeDef) -> frozenset[str]:
        return frozenset(k for k, level in self._levels(record_type).items() if level >= WRITE)

    @cached_property
    def _known_levels(self) -> dict[str, dict[str, int]]:
        return {}

    def _levels(self, record_type: TypeDef) -> dict[str, int]:
        levels = self._known_levels.get(record_type.key)
        if levels is None:
            levels = self._known_levels[record_type.key] = self._all_levels(record_type)
        return levels

    def _all_levels(self, record_type: TypeDef) -> dict[str, int]:
        levels = {f.key: self._own_level(record_type, f) for f in record_type.active}
        for f in record_type.active:
            if any(self._hides(name) for name in f.depends_on):
                levels[f.key] = HIDDEN
        base = READ if self.may("view", record_type) else HIDDEN
        levels.update(dict.fromkeys(record_type.system, base))
        if any(levels.get(key, HIDDEN) == HIDDEN for key in record_type.title_fields):
            levels["title"] = HIDDEN
        for key in ("owner", "team"):
            if base and (self.may("assign", record_type) or self.may("create", record_type)):
                levels[key] = WRITE
        return levels

    def _hides(self, name: tuple[str, str]) -> bool:
        record_type = self.snapshot.types.get(name[0])
        if record_type is None or record_type.retired:
            return True
        if name[1] in record_type.system:
            return not self.may("view", record_type)
        source = record_type.fields.get(name[1])
        return source is None or source.retired or self._own_level(record_type, source) == HIDDEN

    def _own_level(self, record_type: TypeDef, f: FieldDef) -> int:
        """From the grants alone. A field without one takes what the role may do with the type."""
        if self.unlimited:
            return WRITE if f.editable else READ
        best = max((self._role_level(role, record_type, f) for role in self.roles), default=HIDDEN)
        return min(best, READ) if not f.editable else best

    def _role_level(self, role: RoleDef, record_type: TypeDef, f: FieldDef) -> int:
        def granted(action: str) -> bool:
            grant = role.grants.get((record_type.key, action))
            return grant is not None and grant.scope in SCOPES

        if not granted("view"):
            return HIDDEN
        writes = granted("change") or granted("create")
        explicit = role.fields.get((record_type.key, f.key))
        level = LEVELS[explicit] if explicit else (WRITE if writes else READ)
        return min(level, WRITE if writes else READ)

    def shown(self, record_type: TypeDef, keys: Iterable[str]) -> list[FieldDef]:
        """The fields among `keys` that exist and may be read, in the order given."""
        readable = self.readable(record_type)
        return [
            record_type.all_fields[k] for k in keys if k in readable and k in record_type.all_fields
        ]
