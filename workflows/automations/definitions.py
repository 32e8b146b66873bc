"""Automations and mail templates as published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from crm_config import labels
from crm_config.conditions.api import Condition
from crm_config.definitions import Snapshot, nothing
from workflows.automations.arguments import condition_of

SECTION = "automations"
TEMPLATES = "templates"
DEPTH, PER_RECORD_HOUR = 5, 20


@dataclass(frozen=True, eq=False)
class ActionDef:
    key: str
    kind: str
    arguments: Mapping[str, Any] = field(default_factory=nothing)

    @cached_property
    def inner(self) -> Mapping[str, tuple[ActionDef, ...]]:
        """Of a branch: the actions of each case by its place, and of `otherwise`."""
        found = {
            str(n): actions_of(case.get("actions", ()))
            for n, case in enumerate(self.arguments.get("cases", ()))
        }
        return {**found, "otherwise": actions_of(self.arguments.get("otherwise", ()))}


def actions_of(raw: Sequence[Mapping[str, Any]]) -> tuple[ActionDef, ...]:
    return tuple(ActionDef(a["key"], a["kind"], a.get("arguments", {})) for a in raw)


def each(actions: Sequence[ActionDef]) -> Iterator[ActionDef]:
    """Those inside branches too."""
    for action in actions:
        yield action
        for inner in action.inner.values():
            yield from each(inner)


@dataclass(frozen=True, eq=False)
class AutomationDef:
    key: str
    type: str
    labels: Mapping[str, str] = field(default_factory=nothing)
    description: Mapping[str, str] = field(default_factory=nothing)
    trigger: Mapping[str, Any] = field(default_factory=nothing)
    condition: Any = None
    actions: tuple[ActionDef, ...] = ()
    owner: str = ""
    run_as: str = "system"
    enabled: bool = False
    depth: int = DEPTH
    per_record_hour: int = PER_RECORD_HOUR
    retired: bool = False

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> AutomationDef:
        limits = raw.get("limits") or {}
        return cls(
            key=raw["key"],
            type=raw["type"],
            labels=raw.get("labels", {}),
            description=raw.get("description", {}),
            trigger=raw.get("trigger", {}),
            condition=raw.get("condition"),
            actions=actions_of(raw.get("actions", ())),
            owner=raw.get("owner") or "",
            run_as=raw.get("run_as", "system"),
            enabled=raw.get("enabled", False),
            depth=limits.get("depth", DEPTH),
            per_record_hour=limits.get("per_record_hour", PER_RECORD_HOUR),
            retired=raw.get("retired", False),
        )

    @property
    def label(self) -> str:
        return labels.text(self.labels, default=self.key)

    @property
    def kind(self) -> str:
        return str(self.trigger.get("kind", ""))

    @cached_property
    def by_key(self) -> Mapping[str, ActionDef]:
        return {action.key: action for action in each(self.actions)}

    def read_condition(self, snapshot: Snapshot) -> Condition | None:
        """Once for each version. Raises `ConditionInvalid`, and `KeyError` where its type is gone."""
        if not self.condition:
            return None
        known = snapshot.memo.setdefault("automations.conditions", {})
        if self.key not in known:
            known[self.key] = condition_of(self.condition, snapshot, snapshot.types[self.type])
        found: Condition = known[self.key]
        return found


def automations_of(snapshot: Snapshot) -> Mapping[str, AutomationDef]:
    found: Mapping[str, AutomationDef] = snapshot.sections.get(SECTION) or {}
    return found


def at_work(snapshot: Snapshot) -> list[AutomationDef]:
    return [a for a in automations_of(snapshot).values() if a.enabled and not a.retired]


@dataclass(frozen=True, eq=False)
class TemplateDef:
    key: str
    type: str
    labels: Mapping[str, str] = field(default_factory=nothing)
    subject: Mapping[str, str] = field(default_factory=nothing)
    body: Mapping[str, str] = field(default_factory=nothing)
    retired: bool = False

    @property
    def label(self) -> str:
        return labels.text(self.labels, default=self.key)


def templates_of(snapshot: Snapshot) -> Mapping[str, TemplateDef]:
    found: Mapping[str, TemplateDef] = snapshot.sections.get(TEMPLATES) or {}
    return found
