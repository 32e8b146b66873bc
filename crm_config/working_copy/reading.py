"""The working copy as it stands, beside what is published. Read once per request."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import Any

from crm_config import payload as payloads
from crm_config import publication
from crm_config.compiler import Draft
from crm_config.definitions import FieldDef, TypeDef
from crm_config.diff import Difference, diff
from crm_config.live import numbers
from crm_config.models import ConfigSnapshot
from crm_config.references import all_references
from crm_config.sections.base import Path, Reference

NAMES_OF_A_FIELD = 4


class WorkingCopy:
    """Everything the studio's screens ask about; each part is made once."""

    @cached_property
    def payload(self) -> payloads.Payload:
        return payloads.dump()

    @cached_property
    def _latest(self) -> ConfigSnapshot | None:
        return publication.latest()

    @property
    def published(self) -> payloads.Payload:
        return self._latest.payload if self._latest else publication.EMPTY

    @property
    def published_version(self) -> int:
        """0 where nothing was published yet."""
        return self._latest.version if self._latest else 0

    @property
    def two_person(self) -> bool:
        """As published: nobody can switch it off alone."""
        return bool(self.published.get("company", {}).get("two_person"))

    @cached_property
    def changes(self) -> Sequence[Difference]:
        return list(diff(self.published, self.payload))

    @cached_property
    def draft(self) -> Draft:
        return Draft(self.payload, numbers())

    @cached_property
    def published_draft(self) -> Draft:
        return Draft(self.published, numbers())

    def type(self, key: str) -> TypeDef:
        """Raises `KeyError`."""
        return self.draft.snapshot.types[key]

    def field(self, record_type: str, key: str) -> FieldDef:
        """Raises `KeyError`."""
        return self.type(record_type).fields[key]

    def changed(self, path: Path) -> bool:
        """Whether anything at or inside the object differs from what is published."""
        return any(c.path[: len(path)] == path for c in self.changes)

    @cached_property
    def changed_types(self) -> Collection[str]:
        return {c.path[1] for c in self.changes if c.path[0] == "record_types" and len(c.path) > 1}

    @cached_property
    def changed_fields(self) -> Collection[tuple[str, str]]:
        """(type, field) of the fields that differ."""
        return {
            (c.path[1], c.path[3])
            for c in self.changes
            if len(c.path) >= NAMES_OF_A_FIELD
            and c.path[0] == "record_types"
            and c.path[2] == "fields"
        }

    @cached_property
    def references(self) -> Sequence[Reference]:
        return list(all_references(self.draft))

    def users_of(self, path: Path) -> list[Reference]:
        """What refers to the object at `path`, or to something inside it, from outside it."""
        return [
            r
            for r in self.references
            if r.target[: len(path)] == path and r.source[: len(path)] != path
        ]

    @cached_property
    def use_counts(self) -> Mapping[tuple[str, str], int]:
        """By (type, field): how many other objects refer to the field."""
        counted: Counter[tuple[str, str]] = Counter()
        for r in self.references:
            if r.target[0] == "record_types" and len(r.target) >= NAMES_OF_A_FIELD:
                counted[r.target[1], r.target[3]] += 1
        return counted

    def is_published(self, path: Path) -> bool:
        """Whether the object at `path` is part of what is published."""
        return exists_in(self.published, path)


def exists_in(payload: Mapping[str, Any], path: Path) -> bool:
    """Whether a payload holds the object that the path names."""
    at: Any = payload
    for name in path:
        if isinstance(at, Mapping):
            at = at.get(name)
        elif isinstance(at, list):
            at = next((item for item in at if item.get("key") == name), None)
        if at is None:
            return False
    return True
