"""Conditions that people build over records: what they may name, from where they are seen, how far they reach."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q

from crm_config.conditions.api import Context, Standpoint, Subject, filtering
from crm_config.definitions import FieldDef, TypeDef
from crm_config.field_types.base import CoerceContext
from records.access import Access
from records.access.fields import Guard
from records.access.subjects import Seen
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
    """One's own, whoever one stands in for."""
    return access.askers[0].standpoint


@dataclass(frozen=True)
class Sight:
    """A filter reaches related records only as far as its author sees them, and fields only where its author may
    read them."""

    access: Access

    def q(self, record_type: TypeDef) -> Q | None:
        return self.access.q("view", record_type)

    def sees(self, subject: Subject) -> bool:
        return self.access.allows("view", Seen(subject), subject.type)

    def field_q(self, field: FieldDef) -> Q | None:
        guard = self._guard(field)
        return None if guard is None else guard.q

    def reads(self, field: FieldDef, subject: Subject) -> bool:
        guard = self._guard(field)
        return guard is None or guard.holds(Seen(subject))

    def _guard(self, field: FieldDef) -> Guard | None:
        return self.access.guard(self.access.snapshot.types[field.record_type], field.key)
