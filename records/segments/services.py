"""The door to the lists of segments: who is put in and taken out by hand. Nothing else writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.segments import STATIC, SegmentDef
from records.access import Access
from records.errors import Forbidden
from records.models import SegmentMember, SegmentMove
from records.segments.jobs import count_soon
from records.segments.membership import among, company_day, seen
from records.segments.rights import may_keep

Act = Literal["add", "remove", "free"]
ACTS: tuple[Act, ...] = ("add", "remove", "free")

#: What became of a record. Those that are `REFUSED` stayed as they were.
MESSAGES: dict[str, Promise | str] = {
    "added": gettext_lazy("Added."),
    "removed": gettext_lazy("Taken out."),
    "freed": gettext_lazy("Its values decide again."),
    "already": gettext_lazy("It was in it already."),
    "absent": gettext_lazy("It was not in it."),
    "archived": gettext_lazy("It is archived: restore it first."),
    "not_found": gettext_lazy("There is no such record, or you may not see it."),
}
REFUSED = frozenset({"archived", "not_found"})
DONE = frozenset({"added", "removed", "freed"})


@dataclass(frozen=True)
class Outcome:
    id: int
    code: str

    @property
    def message(self) -> str:
        return str(MESSAGES[self.code])

    @property
    def ok(self) -> bool:
        return self.code not in REFUSED


@dataclass
class _Writing:
    """The rows that one call makes and removes."""

    segment: SegmentDef
    access: Access
    why: str
    now: datetime
    held: dict[int, SegmentMember]
    put: list[SegmentMember] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)

    def add(self, pk: int, *, archived: bool) -> str:
        row = self.held.get(pk)
        if row is not None and row.added:
            return "already"
        if archived:
            return "archived"
        self._decide(pk, added=True)
        return "added"

    def remove(self, pk: int, *, archived: bool) -> str:
        """From a segment with a condition, a record is kept out whatever its values say."""
        row = self.held.get(pk)
        if self.segment.kind == STATIC:
            return self._forget(pk, "removed")
        if row is not None and not row.added:
            return "absent"
        self._decide(pk, added=False)
        return "removed"

    def free(self, pk: int, *, archived: bool) -> str:
        return self._forget(pk, "freed")

    def _forget(self, pk: int, code: str) -> str:
        if pk not in self.held:
            return "absent"
        self.gone.append(pk)
        return code

    def _decide(self, pk: int, *, added: bool) -> None:
        self.put.append(
            SegmentMember(
                segment=self.segment.key,
                record_id=pk,
                added=added,
                at=self.now,
                by=self.access.user,
                why=self.why[:200],
            )
        )

    def save(self) -> None:
        SegmentMember.objects.filter(segment=self.segment.key, record__in=self.gone).delete()
        SegmentMember.objects.bulk_create(
            self.put,
            update_conflicts=True,
            unique_fields=["segment", "record"],
            update_fields=["added", "at", "by", "why"],
        )


def change_list(
    segment: SegmentDef,
    ids: Iterable[int],
    act: Act,
    *,
    access: Access,
    why: str = "",
    how: str = SegmentMove.How.HAND,
    count_after: bool = True,
) -> list[Outcome]:
    """Add records, take them out, or `free` them, so that their values alone decide. In one transaction;
    the outcomes stand in the order of the ids.

    Raises `Forbidden` where the person may not change the segment's list. A record that they may not see
    is told like one that is not there.
    """
    if not may_keep(segment, access):
        raise Forbidden(
            _("You may not change who is in “%(segment)s”.") % {"segment": segment.label}
        )
    wanted = list(dict.fromkeys(ids))
    with transaction.atomic():
        outcomes = _change(segment, wanted, act, access, why, how)
        if count_after and any(o.code in DONE for o in outcomes):
            count_soon([segment.key])
    return outcomes


def _change(
    segment: SegmentDef, wanted: Sequence[int], act: Act, access: Access, why: str, how: str
) -> list[Outcome]:
    now = timezone.now()
    found = _held_fast(segment, wanted, access)
    held = SegmentMember.objects.filter(segment=segment.key, record__in=list(found))
    writing = _Writing(segment, access, why, now, {row.record_id: row for row in held})
    judge: Callable[..., str] = getattr(writing, act)
    codes = {pk: judge(pk, archived=archived) for pk, archived in found.items()}
    touched = [*writing.gone, *(row.record_id for row in writing.put)]
    before = among(segment, touched, access.snapshot, now)
    writing.save()
    after = among(segment, touched, access.snapshot, now)
    _tell(writing, after - before, before - after, how)
    return [Outcome(pk, codes.get(pk, "not_found")) for pk in wanted]


def _held_fast(segment: SegmentDef, ids: Sequence[int], access: Access) -> dict[int, bool]:
    """Those that the person sees, and whether each is archived. Held to the end of the transaction, in the
    order of their ids, so that two people do not both add the same record."""
    rows = seen(segment.record_type, access).filter(pk__in=ids).order_by("pk")
    locked = rows.select_for_update(of=("self",)).values_list("pk", "archived_at")
    return {pk: archived_at is not None for pk, archived_at in locked}


def _tell(writing: _Writing, entered: set[int], left: set[int], how: str) -> None:
    """Only who was out and is in now, or the other way round, has moved."""
    day = company_day(writing.access.snapshot, writing.now)
    SegmentMove.objects.bulk_create(
        SegmentMove(
            segment=writing.segment.key,
            record_id=pk,
            entered=pk in entered,
            day=day,
            at=writing.now,
            how=how,
            by=writing.access.user,
            why=writing.why[:200],
        )
        for pk in sorted(entered | left)
    )
