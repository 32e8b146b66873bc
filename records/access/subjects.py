"""Stored records as conditions ask them: what they link to, and what links to them, is fetched when it is
asked for, in one query for all records of a pool."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crm_config.conditions.api import Subject
from crm_config.definitions import SERIAL_BITS, FieldDef, Snapshot, TypeDef
from records.access.scopes import Owned
from records.models import Record, RecordLink

KEPT = "_access_subject"
Ids = Sequence[int]


class Pool:
    """The records of one batch or page, and those that were reached from them."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.subjects: dict[int, RecordSubject] = {}
        #: Those that are not written yet, whose links are known by their drafts alone.
        self.drafts: list[RecordSubject] = []
        self._links: dict[str, dict[int, Ids]] = {}
        self._backlinks: dict[tuple[str, str], dict[int, Ids]] = {}

    def add(self, records: Iterable[Record]) -> None:
        for record in records:
            record_type = self.snapshot.types.get(record.type)
            if record_type is not None:
                subject = RecordSubject(record, record_type, self)
                self.subjects[record.pk] = subject
                setattr(record, KEPT, subject)

    def linked(self, pk: int, key: str) -> list[RecordSubject]:
        known = self._links.setdefault(key, {})
        if pk not in known:
            known.update(self._fetch_links(key, [i for i in self.subjects if i not in known]))
        return self._all(known, pk)

    def named(self, key: str, ids: Ids) -> list[RecordSubject]:
        """The far records of a draft, fetched together with those of the others."""
        if any(i not in self.subjects for i in ids):
            wanted = {i for draft in self.drafts for i in draft.given(key)} | set(ids)
            self.add(Record.unscoped.filter(pk__in=wanted - self.subjects.keys()))
        return [self.subjects[i] for i in ids if i in self.subjects]

    def _fetch_links(self, key: str, ids: Ids) -> dict[int, Ids]:
        rows = RecordLink.objects.filter(source__in=ids, field=key)
        pairs = rows.order_by("position", "id").values_list("source", "target")
        return _grouped(ids, pairs)

    def related(self, pk: int, link: FieldDef) -> list[RecordSubject]:
        known = self._backlinks.setdefault((link.record_type, link.key), {})
        if pk not in known:
            ids = [i for i in self.subjects if i not in known]
            known.update(self._fetch_backlinks(link, ids))
        return self._all(known, pk)

    def _fetch_backlinks(self, link: FieldDef, ids: Ids) -> dict[int, Ids]:
        source = self.snapshot.types[link.record_type]
        rows = RecordLink.objects.filter(
            target__in=ids, field=link.key, source__gte=source.first_id, source__lt=source.end_id
        )
        return _grouped(ids, rows.order_by("id").values_list("target", "source"))

    def _all(self, known: Mapping[int, Ids], pk: int) -> list[RecordSubject]:
        """The far records of one, fetched together with those of the others."""
        wanted = known[pk]
        if any(i not in self.subjects for i in wanted):
            missing = {i for ids in known.values() for i in ids} - self.subjects.keys()
            self.add(Record.unscoped.filter(pk__in=missing))
        return [self.subjects[i] for i in wanted if i in self.subjects]


def _grouped(ids: Ids, pairs: Iterable[tuple[int, int]]) -> dict[int, Ids]:
    found: dict[int, list[int]] = defaultdict(list)
    for near, far in pairs:
        found[near].append(far)
    return {pk: found[pk] for pk in ids}


class RecordSubject:
    """A record as it stands in its row. `links` are the ids of a draft's links, by field, in place of the
    stored ones."""

    def __init__(
        self,
        record: Record,
        record_type: TypeDef,
        pool: Pool,
        links: Mapping[str, Ids] | None = None,
    ) -> None:
        self.record = record
        self.type = record_type
        self.pool = pool
        self._links = links

    @property
    def id(self) -> int | None:
        return self.record.pk

    pk = id

    @property
    def owner_id(self) -> int | None:
        return self.record.owner_id

    @property
    def team_id(self) -> int | None:
        return self.record.team_id

    def is_set(self, key: str) -> bool:
        return self.state(key) is not None

    def value(self, key: str) -> Any:
        f = self.type.all_fields[key]
        if f.column:
            value = getattr(self.record, f.column)
            return None if value in (None, "") else f.type.comparable(f, value)
        return self._stored(f).get(f.type.comparable_key(f))

    def state(self, key: str) -> Any:
        f = self.type.all_fields[key]
        if f.column:
            return self.value(key)
        stored = self._stored(f)
        return {p: stored[p] for p in f.type.parts(f) if stored.get(p) is not None} or None

    def _stored(self, f: FieldDef) -> Mapping[str, Any]:
        stored: Mapping[str, Any] = (
            self.record.long_data if f.type.storage == "long_data" else self.record.data
        )
        return stored

    def norm(self, key: str) -> str | None:
        text: str | None = self.record.norm.get(key)
        return text

    def linked(self, key: str) -> Sequence[Subject]:
        if self._links is not None:
            return self.pool.named(key, self.given(key))
        return self.pool.linked(self.record.pk, key)

    def given(self, key: str) -> Ids:
        """The ids that a draft links to."""
        return (self._links or {}).get(key, ())

    def related(self, link: FieldDef) -> Sequence[Subject]:
        return () if self.record.pk is None else self.pool.related(self.record.pk, link)


@dataclass(frozen=True)
class Seen:
    """A subject met in a condition, as access looks at records."""

    subject: Subject

    @property
    def pk(self) -> int | None:
        return self.subject.id

    @property
    def owner_id(self) -> int | None:
        found: int | None = self.subject.value("owner")
        return found

    @property
    def team_id(self) -> int | None:
        found: int | None = self.subject.value("team")
        return found


def pooled(records: Sequence[Record], snapshot: Snapshot) -> Sequence[Record]:
    """The same records, such that what conditions ask about one is fetched for all."""
    Pool(snapshot).add(records)
    return records


def subject_of(record: Owned, record_type: TypeDef, snapshot: Snapshot) -> Subject | None:
    """None where all that is known of a record is whose it is."""
    if isinstance(record, RecordSubject):
        return record
    if isinstance(record, Seen):
        return record.subject
    if not isinstance(record, Record):
        return None
    known: RecordSubject | None = getattr(record, KEPT, None)
    if known is None or known.type is not record_type or known.pool.snapshot is not snapshot:
        pooled([record], snapshot)
        known = getattr(record, KEPT, None)
    return known


def type_number(record_id: int) -> int:
    return record_id >> SERIAL_BITS
