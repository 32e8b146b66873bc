"""Names of configured objects, found by their paths."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from crm_config import labels
from crm_config.compiler import Draft, compile_payload
from crm_config.conditions.api import ConditionInvalid
from crm_config.definitions import Snapshot
from crm_config.live import numbers
from crm_config.rules import read
from crm_config.sections.base import Path


@dataclass(frozen=True)
class Vocabulary:
    """Names of what two payloads hold: the later one's where it has the object, else the earlier one's."""

    before: Mapping[str, Any]
    after: Mapping[str, Any]

    @classmethod
    def of(cls, payload: Mapping[str, Any]) -> "Vocabulary":
        return cls(payload, payload)

    def find(self, path: Path) -> Mapping[str, Any]:
        """The object at the path as JSON; empty when neither payload has it."""
        return _find(self.after, path) or _find(self.before, path) or {}

    def snapshots(self) -> Iterator[Snapshot]:
        """The two payloads compiled, the later one first; only as far as they are asked for."""
        yield self._later
        yield self._earlier

    @cached_property
    def _later(self) -> Snapshot:
        return compile_payload(self.after, version=0, numbers=numbers())

    @cached_property
    def _earlier(self) -> Snapshot:
        return compile_payload(self.before, version=0, numbers=numbers())

    def name(self, path: Path) -> str:
        """What people call the object; its key when it has no name."""
        return labels.text(self.find(path).get("labels"), default=path[-1])

    def record_type(self, key: str) -> str:
        return self.name(("record_types", key))

    def field(self, record_type: str, key: str) -> str:
        return self.name(("record_types", record_type, "fields", key))

    @cached_property
    def _snapshot(self) -> Snapshot:
        return Draft(self.after, numbers()).snapshot

    def condition(self, record_type: str, raw: Any) -> str:
        """In a sentence; one that cannot be read, as it is written."""
        found = self._snapshot.types.get(record_type)
        if found is None:
            return json.dumps(raw)
        try:
            return read(raw, self._snapshot, found).words()
        except ConditionInvalid:
            return json.dumps(raw)


def _find(payload: Any, path: Path) -> Mapping[str, Any] | None:
    at = payload
    for step in path:
        if isinstance(at, Mapping):
            at = at.get(step)
        elif isinstance(at, list):
            at = next((item for item in at if item.get("key") == step), None)
    return at if isinstance(at, Mapping) else None
