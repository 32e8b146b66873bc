"""The conditions of a service level, read once for each version of the configuration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from crm_config import rules
from crm_config.conditions.api import (
    Condition,
    ConditionInvalid,
    ConditionProblem,
    Standpoint,
    Subject,
    parse,
)
from crm_config.definitions import Snapshot
from workflows.deadlines.definitions import LevelDef, in_use

MEMO = "deadlines.conditions"


@dataclass(frozen=True)
class Terms:
    condition: Condition | None
    starts: Condition | None
    pauses: Condition | None
    met: Mapping[str, Condition]

    @property
    def all(self) -> Iterator[Condition]:
        yield from (c for c in (self.condition, self.starts, self.pauses) if c is not None)
        yield from self.met.values()


def read(level: LevelDef, snapshot: Snapshot) -> Terms:
    """Raises `ConditionInvalid`."""
    record_type = snapshot.types.get(level.type)
    if record_type is None:
        message = _("There is no record type “%(key)s”.") % {"key": level.type}
        raise ConditionInvalid([ConditionProblem("", message)])
    context = rules.context(snapshot, record_type)

    def perhaps(raw: Any) -> Condition | None:
        return None if raw is None else parse(raw, context)

    met = {target.key: parse(target.met, context) for target in level.targets}
    return Terms(perhaps(level.condition), perhaps(level.starts), perhaps(level.pauses), met)


def terms_of(level: LevelDef, snapshot: Snapshot) -> Terms | None:
    """None: it cannot be read, and so promises nothing until somebody mends it."""
    known: dict[str, Terms | None] = snapshot.memo.setdefault(MEMO, {})
    if level.key not in known:
        try:
            known[level.key] = read(level, snapshot)
        except ConditionInvalid:
            known[level.key] = None
    return known[level.key]


def level_for(
    subject: Subject, record_type: str, standpoint: Standpoint, snapshot: Snapshot
) -> LevelDef | None:
    """The first whose condition holds."""
    for level in in_use(snapshot, record_type):
        terms = terms_of(level, snapshot)
        if terms is not None and (
            terms.condition is None or terms.condition.test(subject, standpoint)
        ):
            return level
    return None


def asked_fields(snapshot: Snapshot, record_type: str) -> frozenset[str]:
    """The fields whose change can move a deadline: those that the conditions begin with."""
    known: dict[str, frozenset[str]] = snapshot.memo.setdefault("deadlines.fields", {})
    if record_type not in known:
        said = [
            [level.condition, level.starts, level.pauses, *(target.met for target in level.targets)]
            for level in in_use(snapshot, record_type)
        ]
        known[record_type] = frozenset(_fields(said))
    return known[record_type]


def _fields(raw: Any) -> Iterator[str]:
    if isinstance(raw, Mapping):
        if isinstance(raw.get("field"), str):
            yield raw["field"].split(".")[0]
        for inner in raw.values():
            yield from _fields(inner)
    elif isinstance(raw, list):
        for inner in raw:
            yield from _fields(inner)
