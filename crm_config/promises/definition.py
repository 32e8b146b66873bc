"""A promise as it is published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from crm_config import labels
from crm_config.definitions import nothing


@dataclass(frozen=True, eq=False)
class PromiseDef:
    """`arguments` are JSON: `{"role": "intern", "action": "view", "type": "employee", "condition": {…}}`."""

    key: str
    kind: str
    labels: Mapping[str, str] = field(default_factory=nothing)
    arguments: Mapping[str, Any] = field(default_factory=nothing)
    retired: bool = False

    @property
    def label(self) -> str:
        return labels.text(self.labels, default=self.key)

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> PromiseDef:
        return cls(
            key=raw["key"],
            kind=raw["kind"],
            labels=raw.get("labels", {}),
            arguments=raw.get("arguments", {}),
            retired=raw.get("retired", False),
        )
