"""The fields and types that a change-set touches, before and after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from crm_config.definitions import FieldDef, Snapshot, TypeDef
from crm_config.sections.base import Path


@dataclass(frozen=True)
class Pair:
    """One published field and what becomes of it; `after` is None where it is removed. `snapshot` is what
    would be published."""

    record_type: TypeDef
    before: FieldDef
    after: FieldDef | None
    snapshot: Snapshot

    @property
    def path(self) -> Path:
        return ("record_types", self.record_type.key, "fields", self.before.key)

    @property
    def converts(self) -> bool:
        """Whether values will be stored in another form."""
        return self.after is not None and self.before.type.shape(
            self.before
        ) != self.after.type.shape(self.after)


def pairs(before: Snapshot, after: Snapshot) -> Iterator[Pair]:
    """The published fields of types that stay in use."""
    for record_type in before.active_types:
        becomes = after.types.get(record_type.key)
        if becomes is None or becomes.retired:
            continue
        for f in record_type.fields.values():
            yield Pair(record_type, f, becomes.fields.get(f.key), after)


def types_going(before: Snapshot, after: Snapshot) -> Iterator[tuple[TypeDef, TypeDef | None]]:
    """Types in use that are archived or removed."""
    for record_type in before.active_types:
        becomes = after.types.get(record_type.key)
        if becomes is None or becomes.retired:
            yield record_type, becomes
