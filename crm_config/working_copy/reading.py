"""The working copy as it stands, beside what is published. Read once per request."""

from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from typing import Any

from crm_config import publication
from crm_config import payload as payloads
from crm_config.compiler import Draft
from crm_config.definitions import FieldDef, TypeDef
from crm_config.diff import Difference, diff
from crm_config.live import numbers
from crm_config.references import where_used
from crm_config.sections.base import Path, Reference

NAMES_OF_A_FIELD = 4


class WorkingCopy:
    """Everything the studio's screens ask about; each part is made once."""

    @cached_property
    def payload(self) -> payloads.Payload:
        return payloads.dump()

    @cached_property
    def published(self) -> payloads.Payload:
        return publication.live_payload()

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

    def users_of(self, path: Path) -> list[Reference]:
        return where_used(path, self.draft)

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
