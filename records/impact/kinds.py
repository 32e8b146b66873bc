"""All kinds of impact, and what the configuration app asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _

from crm_config.definitions import Snapshot
from crm_config.impacts import Impact, Impacts
from crm_config.models import User
from crm_config.problems import Problem
from records.access import Access
from records.impact import converting, limits, linking, options, removal, required, uniqueness
from records.impact.pairs import Pair, pairs, types_going
from records.impact.seeing import seen

KINDS: Sequence[Callable[[Pair], Iterator[Impact]]] = (
    removal.impacts,
    converting.impacts,
    uniqueness.impacts,
    required.impacts,
    limits.impacts,
    linking.impacts,
    options.impacts,
)
BLOCKING: Sequence[Callable[[Pair], Impact | None]] = (converting.blocked, uniqueness.blocked)


class LiveImpacts(Impacts):
    def of(self, before: Snapshot, after: Snapshot, *, user: User | None) -> Sequence[Impact]:
        access = Access.of(user or AnonymousUser())
        found = (*_currency(before, after), *_types(before, after), *_fields(before, after))
        return [seen(impact, access) for impact in found]

    def problems(self, before: Snapshot, after: Snapshot) -> Sequence[Problem]:
        found = (block(pair) for pair in pairs(before, after) for block in BLOCKING)
        return [Problem(impact.path, str(impact.message)) for impact in found if impact]


def _types(before: Snapshot, after: Snapshot) -> Iterator[Impact]:
    for record_type, becomes in types_going(before, after):
        yield from removal.of_type(record_type, becomes)


def _fields(before: Snapshot, after: Snapshot) -> Iterator[Impact]:
    for pair in pairs(before, after):
        for kind in KINDS:
            yield from kind(pair)


def _currency(before: Snapshot, after: Snapshot) -> Iterator[Impact]:
    old, new = before.company.base_currency, after.company.base_currency
    if before.version and old != new:
        message = _(
            "All amounts are valued in %(new)s anew, by the exchange rates that are left: those known "
            "by way of %(old)s are converted, others must be entered again."
        )
        yield Impact(("company", "base_currency"), message % {"old": old, "new": new})
