"""The two conditions of a procedure, read once for each version of the configuration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from crm_config.conditions.api import (
    Condition,
    ConditionInvalid,
    ConditionProblem,
    Context,
    Standpoint,
    Subject,
    parse,
    watching,
)
from crm_config.definitions import Snapshot, TypeDef
from crm_config.rules import LIMITS
from crm_config.segment_finder import find_in
from workflows.procedures.definitions import ProcedureDef, procedures_of

MEMO = "procedures.conditions"
#: Kinds of node that ask what was before, which a look at what stands cannot tell.
CHANGES = frozenset({"changed", "changed_to", "was"})


@dataclass(frozen=True)
class Rule:
    when: Condition | None
    must: Condition

    def broken_by(
        self, subject: Subject, standpoint: Standpoint, *, before: Subject | None
    ) -> bool:
        if self.when is not None and not self.when.test(subject, standpoint, before=before):
            return False
        return not self.must.test(subject, standpoint, before=before)

    def q(self, standpoint: Standpoint) -> Q:
        """The records that break it. Raises `NotInSql`."""
        breaking = ~self.must.q(standpoint)
        return breaking if self.when is None else self.when.q(standpoint) & breaking

    @property
    def conditions(self) -> list[Condition]:
        return [c for c in (self.when, self.must) if c is not None]


@dataclass(frozen=True)
class Broken:
    """It cannot be read: what it guards is refused until somebody mends it."""

    problems: tuple[ConditionProblem, ...]


def context(snapshot: Snapshot, record_type: TypeDef) -> Context:
    found = watching(snapshot, record_type, find_segment=find_in(snapshot))
    return replace(found, limits=LIMITS)


def read(procedure: ProcedureDef, snapshot: Snapshot) -> Rule:
    """Raises `ConditionInvalid`."""
    record_type = snapshot.types.get(procedure.type)
    if record_type is None:
        message = _("There is no record type “%(key)s”.") % {"key": procedure.type}
        raise ConditionInvalid([ConditionProblem("", message)])
    where = context(snapshot, record_type)
    when = None if procedure.when is None else parse(procedure.when, where)
    return Rule(when, parse(procedure.must, where))


def rule_of(procedure: ProcedureDef, snapshot: Snapshot) -> Rule | Broken:
    known: dict[str, Rule | Broken] = snapshot.memo.setdefault(MEMO, {})
    if procedure.key not in known:
        try:
            known[procedure.key] = read(procedure, snapshot)
        except ConditionInvalid as invalid:
            known[procedure.key] = Broken(tuple(invalid.problems))
    return known[procedure.key]


def broken(snapshot: Snapshot) -> list[tuple[ProcedureDef, Broken]]:
    """Those in use that cannot be read any more."""
    found = []
    for procedure in procedures_of(snapshot).values():
        record_type = snapshot.types.get(procedure.type)
        if procedure.retired or record_type is None or record_type.retired:
            continue
        rule = rule_of(procedure, snapshot)
        if isinstance(rule, Broken):
            found.append((procedure, rule))
    return found


def asks_of_changes(raw: Any) -> bool:
    return any(key in CHANGES for key in _keys(raw))


def _keys(raw: Any) -> Iterator[str]:
    if isinstance(raw, Mapping):
        for key, inner in raw.items():
            yield key
            yield from _keys(inner)
    elif isinstance(raw, list):
        for inner in raw:
            yield from _keys(inner)
