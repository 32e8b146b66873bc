"""What the Python evaluator asks of a record, so that a draft can be judged before it is stored."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from crm_config.definitions import EMPTY, FieldDef, TypeDef


class Subject(Protocol):
    """A record or a draft of one. Keys are fields' keys, also those of system fields."""

    @property
    def id(self) -> int | None:
        """None for a draft that has no id yet."""

    @property
    def type(self) -> TypeDef: ...

    def is_set(self, key: str) -> bool:
        """Whether there is a value, also one that cannot be compared. Not asked for links."""

    def value(self, key: str) -> Any:
        """What `FieldType.comparable` gives; None when empty. Not asked for links."""

    def state(self, key: str) -> Any:
        """All that is stored for the field, to tell whether it changed; None when empty."""

    def norm(self, key: str) -> str | None:
        """What `crm_config.norm.norm_of` gives; None when empty."""

    def linked(self, key: str) -> Sequence[Subject]:
        """The records that the link field points at."""

    def related(self, link: FieldDef) -> Sequence[Subject]:
        """The records whose link field this is and that point here, archived ones too."""


@dataclass
class StoredSubject:
    """A subject over a record's JSON columns. `columns` holds comparables by system field's key;
    `links` the linked subjects by field key, `backlinks` those that point here, by type and field key.
    """

    type: TypeDef
    id: int | None = None
    data: Mapping[str, Any] = field(default_factory=lambda: EMPTY)
    long_data: Mapping[str, Any] = field(default_factory=lambda: EMPTY)
    norms: Mapping[str, str] = field(default_factory=lambda: EMPTY)
    columns: Mapping[str, Any] = field(default_factory=lambda: EMPTY)
    links: Mapping[str, Sequence[Subject]] = field(default_factory=lambda: EMPTY)
    backlinks: Mapping[tuple[str, str], Sequence[Subject]] = field(default_factory=dict)

    def is_set(self, key: str) -> bool:
        return self.state(key) is not None

    def value(self, key: str) -> Any:
        found = self.type.all_fields[key]
        if found.column:
            return self.columns.get(key) or None
        return self._stored(found).get(found.type.comparable_key(found))

    def state(self, key: str) -> Any:
        found = self.type.all_fields[key]
        if found.column:
            return self.value(key)
        stored = self._stored(found)
        return {p: stored[p] for p in found.type.parts(found) if p in stored} or None

    def _stored(self, found: FieldDef) -> Mapping[str, Any]:
        return self.long_data if found.type.storage == "long_data" else self.data

    def norm(self, key: str) -> str | None:
        return self.norms.get(key)

    def linked(self, key: str) -> Sequence[Subject]:
        return self.links.get(key, ())

    def related(self, link: FieldDef) -> Sequence[Subject]:
        return self.backlinks.get((link.record_type, link.key), ())
