"""Segments as conditions use them: who is in one, as a query and for one record. The two agree (property test)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.db.models import Q

from crm_config.conditions.api import Condition, Reach, Standpoint, Subject, parse
from crm_config.conditions.contexts import FindSegment
from crm_config.conditions.evaluate import evaluate
from crm_config.conditions.sql import to_q
from crm_config.definitions import Snapshot, TypeDef
from crm_config.segments import STATIC, SegmentDef, defining, segments_of
from records.models import SegmentMember


@dataclass(frozen=True, eq=False)
class Use:
    """A segment in use. Its records are those that fit its condition, or were added by hand, and were not
    taken out by hand; archived ones too, which lists and counts leave out themselves.

    `reach` is that of the condition around it: what a filter's author does not see, a segment in it does
    not see either.
    """

    definition: SegmentDef
    snapshot: Snapshot
    find: FindSegment

    @property
    def key(self) -> str:
        return self.definition.key

    @property
    def label(self) -> str:
        return self.definition.label

    @property
    def record_type(self) -> TypeDef:
        return self.definition.record_type

    @property
    def uses(self) -> frozenset[str]:
        return self.definition.uses

    @cached_property
    def condition(self) -> Condition | None:
        """None for a segment that is kept by hand alone."""
        if self.definition.kind == STATIC:
            return None
        context = defining(self.snapshot, self.record_type, key=self.key, find_segment=self.find)
        return parse(self.definition.condition, context)

    def q(self, standpoint: Standpoint, reach: Reach) -> Q:
        if self.condition is None:
            return self._by_hand(added=True)
        fitting = to_q(self.condition.tree, standpoint, reach=reach)
        if not self.definition.listed:
            return fitting
        return (fitting & ~self._by_hand(added=False)) | self._by_hand(added=True)

    def test(self, subject: Subject, standpoint: Standpoint, reach: Reach) -> bool:
        decided = self._decided(subject) if self.definition.listed else None
        if decided is not None or self.condition is None:
            return bool(decided)
        return bool(evaluate(self.condition.tree, subject, standpoint, reach=reach, whole=False))

    def _by_hand(self, *, added: bool) -> Q:
        """By `IN`, which lets the database begin with a short list."""
        rows = SegmentMember.objects.filter(segment=self.key, added=added)
        return Q(pk__in=rows.values("record_id"))

    def _decided(self, subject: Subject) -> bool | None:
        """What somebody decided about the record; None for nothing. A draft is on no list yet."""
        if subject.id is None:
            return None
        rows = SegmentMember.objects.filter(segment=self.key, record=subject.id)
        return rows.values_list("added", flat=True).first()


def find_segment(snapshot: Snapshot) -> FindSegment:
    """The segments in use, by key, with the system's authority: who may use which is asked of
    `records.segments.rights`. Broken and archived ones are not there."""
    return _finder(snapshot)


@lru_cache(maxsize=8)
def _finder(snapshot: Snapshot) -> FindSegment:
    """Kept by snapshot, so that a condition is read once in a process."""
    known: dict[str, Use] = {}
    definitions = segments_of(snapshot)

    def find(key: str) -> Use | None:
        if key not in known and key in definitions and definitions[key].in_use:
            known[key] = Use(definitions[key], snapshot, find)
        return known.get(key)

    return find


def among(find: FindSegment, allowed: Callable[[str], bool]) -> FindSegment:
    """Only those that are allowed: the others do not exist for whoever asks."""
    return lambda key: find(key) if allowed(key) else None
