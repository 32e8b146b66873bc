"""A record as one person may read it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from crm_config.definitions import SERIAL_BITS, FieldDef, TypeDef
from crm_config.field_types.base import Json, Names
from records.access import Access
from records.access.levels import WRITE
from records.access.subjects import pooled
from records.errors import NotVisible
from records.gate.batch import links_of
from records.gate.draft import load_value
from records.models import Record
from records.selectors.names import names_of

Links = Mapping[str, tuple[int, ...]]


@dataclass(eq=False)
class RecordView:
    """What the reader may know of a record. A field that is hidden from them raises `KeyError`, as one
    that does not exist. One that they may read on other records, not on this one, is empty here; `field` and
    `fields` leave it out."""

    record: Record
    type: TypeDef
    access: Access
    links: Links = field(default_factory=dict)
    names: Names = field(default_factory=Names)

    @property
    def id(self) -> int:
        return self.record.pk

    @property
    def version(self) -> int:
        return self.record.version

    @property
    def archived(self) -> bool:
        return self.record.archived_at is not None

    @cached_property
    def readable(self) -> frozenset[str]:
        """The keys, system fields included, that may be read on this record."""
        return self.access.readable_of(self.record, self.type)

    @cached_property
    def title(self) -> str:
        title = self.record.title if "title" in self.readable else ""
        return shown_title(title, self.record.pk, self.type)

    @cached_property
    def fields(self) -> tuple[FieldDef, ...]:
        """The fields in use that the reader may read, in order."""
        return tuple(f for f in self.type.active if f.key in self.readable)

    def field(self, key: str) -> FieldDef:
        if key not in self.readable:
            raise KeyError(key)
        return self.type.field(key)

    def _read(self, key: str) -> FieldDef:
        """The same, also for a field that is hidden on this record alone."""
        if key not in self.access.readable(self.type):
            raise KeyError(key)
        return self.type.field(key)

    def value(self, key: str) -> Any:
        """The canonical value, or None; of links, the ids that the reader may see. (A link whose names were
        not fetched, because `keys` left it out, seems empty: nobody's sight was asked.)"""
        f = self._read(key)
        if key not in self.readable:
            return None
        value = load_value(f, self.record, self.links)
        if f.type.storage == "links" and value:
            known = self.names.records
            value = tuple(i for i in value if i in known and known[i].visible) or None
        return value

    def display(self, key: str) -> str:
        if key == "title":
            return self.title
        value = self.value(key)
        return (
            ""
            if value is None
            else self._read(key).type.display(self._read(key), value, self.names)
        )

    def render(self, key: str) -> SafeString | str:
        if key == "title":
            return escape(self.title)
        value = self.value(key)
        return (
            "" if value is None else self._read(key).type.render(self._read(key), value, self.names)
        )

    def json(self, key: str) -> Json:
        if key == "title":
            return self.title
        value = self.value(key)
        return None if value is None else self._read(key).type.to_json(self._read(key), value)

    def text(self, key: str) -> str:
        """As a file holds it."""
        if key == "title":
            return self.title
        value = self.value(key)
        return "" if value is None else self._read(key).type.to_text(self._read(key), value)

    def may(self, action: str) -> bool:
        return self.access.allows(action, self.record, self.type)

    def writable(self, key: str) -> bool:
        return (
            not self.archived
            and self.access.level_of(self.record, self.type, key) == WRITE
            and self.may("change")
        )


def shown_title(title: str, pk: int, record_type: TypeDef) -> str:
    """The title; where it is empty (because made of what the reader may not read), the type and number."""
    if title:
        return title
    return _("%(type)s %(number)s") % {
        "type": record_type.label,
        "number": pk & ((1 << SERIAL_BITS) - 1),
    }


class Views(Protocol):
    """Makes views of records that were already found visible."""

    def __call__(
        self, records: Sequence[Record], *, access: Access, keys: Iterable[str] | None = None
    ) -> list[RecordView]: ...


def get(
    record_id: int,
    *,
    access: Access,
    keys: Iterable[str] | None = None,
    views: Views | None = None,
) -> RecordView:
    """One record, with the names of what it points at, or as `views` makes it. Raises `NotVisible`."""
    record_type = access.snapshot.by_number.get(record_id >> SERIAL_BITS)
    if record_type is None or record_type.retired or not access.may("view", record_type):
        raise NotVisible(record_id)
    rows = Record.unscoped.filter(access.q("view", record_type), pk=record_id)
    record = rows.first()
    if record is None:
        raise NotVisible(record_id)
    return (views or views_of)([record], access=access, keys=keys)[0]


def view_of(record: Record, *, access: Access) -> RecordView:
    return views_of([record], access=access)[0]


def views_of(
    records: Sequence[Record], *, access: Access, keys: Iterable[str] | None = None
) -> list[RecordView]:
    """Views of records that were already found visible. `keys` limits which fields' names are fetched:
    a list asks for its columns alone."""
    types = access.snapshot.types
    wanted = None if keys is None else frozenset(keys)
    readable = {t: access.readable(types[t]) for t in {r.type for r in records}}
    needs_links = any(
        f.type.storage == "links" and f.key in readable[t] and (wanted is None or f.key in wanted)
        for t in readable
        for f in types[t].active
    )
    links = links_of(r.pk for r in records) if needs_links else {}
    pooled(records, access.snapshot)
    views = [RecordView(r, types[r.type], access, links.get(r.pk, {})) for r in records]
    names = names_of(views, access=access, keys=wanted)
    for view in views:
        view.names = names
    return views


def bare_views(
    records: Sequence[Record], *, access: Access, keys: Iterable[str] | None = None
) -> list[RecordView]:
    """Without names: those of several lists are fetched together, by `views_of` over all their records."""
    return [RecordView(r, access.snapshot.types[r.type], access) for r in records]
