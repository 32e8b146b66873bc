"""The fields of one type as an access may read and write them, on any record and on one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.db.models import Q

from crm_config.definitions import TypeDef
from crm_config.expressions import always, either, unelided
from records.access.levels import HIDDEN, READ, WRITE
from records.access.places import Rule
from records.access.scopes import Owned

if TYPE_CHECKING:
    from records.access.asker import Asker


@dataclass(frozen=True, eq=False)
class Guard:
    """Where a field may be read: as any of the persons that is asked as, on the records that person sees."""

    type: TypeDef
    rules: Sequence[tuple[Asker, Rule]]
    several: bool

    @cached_property
    def q(self) -> Q:
        return either(self._q(asker, rule) for asker, rule in self.rules)

    def _q(self, asker: Asker, rule: Rule) -> Q:
        fits = always() if isinstance(rule, bool) else rule.q(asker)
        return unelided(asker.q("view", self.type)) & fits if self.several else fits

    def holds(self, record: Owned) -> bool:
        return any(
            _holds(asker, rule, record)
            and (not self.several or asker.reaches("view", record, self.type))
            for asker, rule in self.rules
        )


def _holds(asker: Asker, rule: Rule, record: Owned) -> bool:
    return rule if isinstance(rule, bool) else rule.holds(asker, record)


#: What fields are given a value by.
WRITING = ("change", "create")


class FieldAccess:
    def __init__(self, record_type: TypeDef, askers: Sequence[Asker]) -> None:
        self.type = record_type
        #: Who sees none of the type's records reads none of its fields, and limits nobody else.
        self.askers = [asker for asker in askers if asker.granted(record_type, "view")]
        self.several = len(self.askers) > 1

    @cached_property
    def keys(self) -> list[str]:
        return [*(f.key for f in self.type.active), *self.type.system]

    @cached_property
    def levels(self) -> Mapping[str, int]:
        """The best on any record."""
        return {key: self._best(key) for key in self.keys}

    def _best(self, key: str) -> int:
        if any(a.levels.writing(self.type, key, to) for a in self.askers for to in WRITING):
            return WRITE
        return READ if any(a.levels.reading(self.type, key) for a in self.askers) else HIDDEN

    @cached_property
    def readable(self) -> frozenset[str]:
        return frozenset(key for key, level in self.levels.items() if level >= READ)

    @cached_property
    def guards(self) -> Mapping[str, Guard]:
        """Of the fields that are not readable on every record that is seen."""
        found = {}
        for key in self.readable:
            rules = [(a, a.levels.reading(self.type, key)) for a in self.askers]
            if any(rule is not True for _asker, rule in rules):
                kept = [(asker, rule) for asker, rule in rules if rule is not False]
                found[key] = Guard(self.type, kept, self.several)
        return found

    @cached_property
    def conditional(self) -> frozenset[str]:
        """The fields that may be given a value in some new records, and not in every one."""
        return frozenset(
            key
            for key, level in self.levels.items()
            if level == WRITE
            and any(a.levels.writing(self.type, key, "create") is not True for a in self.askers)
        )

    def readable_of(self, record: Owned) -> frozenset[str]:
        if not self.guards:
            return self.readable
        hidden = {key for key, guard in self.guards.items() if not guard.holds(record)}
        return self.readable - hidden

    def level_of(self, record: Owned, key: str, *, to: str) -> int:
        """Of a new record, which nobody sees yet, what its maker may write is enough."""
        best = self.levels.get(key, HIDDEN)
        writes = best == WRITE and self._writes_on(record, key, to)
        if writes and to == "create":
            return WRITE
        if best == HIDDEN or not self._reads_on(record, key):
            return HIDDEN
        return WRITE if writes else READ

    def _reads_on(self, record: Owned, key: str) -> bool:
        guard = self.guards.get(key)
        return guard is None or guard.holds(record)

    def _writes_on(self, record: Owned, key: str, to: str) -> bool:
        return any(
            _holds(asker, asker.levels.writing(self.type, key, to), record)
            and (not self.several or asker.allows(to, record, self.type))
            for asker in self.askers
        )
