"""Who builds a condition, about which records, for what; and where in it something stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from django.urls import reverse

from crm_config.conditions.api import Context
from crm_config.conditions.offers import before
from crm_config.conditions.paths import Relation
from crm_config.definitions import Snapshot, TypeDef
from crm_config.field_types.base import CoerceContext
from records.access import Access
from records.builder.purposes import PURPOSES, Purpose
from records.forms.fields import Choices
from records.forms.writable import reading


@dataclass(frozen=True, eq=False)
class Desk:
    """`purpose` is a key of `PURPOSES`; `snapshot` the configuration whose fields may be named."""

    purpose: str
    record_type: TypeDef
    snapshot: Snapshot
    access: Access

    @property
    def use(self) -> Purpose:
        return PURPOSES[self.purpose]

    @cached_property
    def context(self) -> Context:
        return self.use.context(self.snapshot, self.record_type, self.access)

    @cached_property
    def choices(self) -> Choices:
        return Choices(self.access, dynamics=self.context.dynamics)

    @cached_property
    def reading(self) -> CoerceContext:
        return reading(self.access)

    @cached_property
    def spot(self) -> Spot:
        """The place of the whole condition."""
        return Spot(self.context)

    def url(self, name: str) -> str:
        return reverse(f"conditions:{name}", args=[self.purpose, self.record_type.key])


@dataclass(frozen=True, eq=False)
class Spot:
    """`relations` counts those that stand around it."""

    context: Context
    relations: int = 0

    def among(self, relation: Relation) -> Spot:
        return Spot(self.context.of(relation.far), self.relations + 1)

    def before(self) -> Spot:
        return replace(self, context=before(self.context))

    @property
    def more_relations(self) -> bool:
        return self.relations < self.context.limits.relations

    @property
    def key(self) -> str:
        """Rows can be moved between places of one key: the same can be named there."""
        types = ",".join(t.key for t in self.context.types)
        return f"{types} {self.relations} {'all' if self.context.follows else 'own'}"
