"""Promises about access, published with the rest and held at publication."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _

from crm_config.compiler import Draft
from crm_config.conditions.api import ConditionInvalid
from crm_config.definitions import ACTIONS
from crm_config.keys import is_key
from crm_config.models import Promise
from crm_config.problems import Problem
from crm_config.promises.arguments import wrong
from crm_config.promises.conditions import condition
from crm_config.promises.definition import PromiseDef
from crm_config.promises.kinds.registry import KINDS
from crm_config.promises.words import RIGHTS, WHO
from crm_config.references import field_path
from crm_config.schema import FLAG, KEY, LABELS, strict
from crm_config.sections.base import ConfigSection, Path, Reference
from crm_config.sections.rows import sync

ARGUMENTS = {
    "role": KEY,
    "roles": {"type": "array", "items": KEY, "uniqueItems": True},
    "who": {"enum": sorted(WHO)},
    "action": {"enum": list(ACTIONS)},
    "right": {"enum": sorted(RIGHTS)},
    "type": KEY,
    "field": KEY,
    "condition": {"type": "object"},
}
SHAPE = {
    "type": "array",
    "description": "What must hold about access before anything is published.",
    "items": strict(
        {
            "key": KEY,
            "labels": LABELS,
            "kind": {"enum": sorted(KINDS)},
            "arguments": strict(ARGUMENTS),
            "retired": FLAG,
        },
        "key",
        "kind",
        "arguments",
    ),
}
NAMES = ("labels", "kind", "arguments", "retired")


class PromiseSection(ConfigSection):
    key = "promises"
    optional = True

    def dump(self) -> list[dict[str, Any]]:
        return [self._dump(row) for row in Promise.objects.order_by("key")]

    def _dump(self, row: Promise) -> dict[str, Any]:
        said = {"key": row.key, "labels": row.labels, "kind": row.kind, "arguments": row.arguments}
        return {**said, "retired": True} if row.retired else said

    def load(self, part: Any, *, replace: bool) -> None:
        sync(Promise.objects.all(), part, by=("key",), names=NAMES, replace=replace)

    def check(self, part: Any, draft: Draft) -> Iterable[Problem]:
        """An archived promise holds nothing, and so may name what is gone."""
        for raw in part:
            if raw.get("retired"):
                continue
            path = ("promises", raw["key"])
            if not is_key(raw["key"]):
                yield Problem(path, _("A key has small letters, digits and single underscores."))
            for message in wrong(KINDS[raw["kind"]], raw["arguments"], draft.snapshot):
                yield Problem(path, message)

    def compile(self, part: Any, draft: Draft) -> Mapping[str, PromiseDef]:
        return MappingProxyType({raw["key"]: PromiseDef.of(raw) for raw in part})

    def references(self, part: Any, draft: Draft) -> Iterable[Reference]:
        for raw in part:
            for target in () if raw.get("retired") else _targets(PromiseDef.of(raw), draft):
                yield Reference(("promises", raw["key"]), target, _("promise"))


def _targets(promise: PromiseDef, draft: Draft) -> Iterator[Path]:
    """The roles, type, field and what the condition relies on, each once."""
    given = promise.arguments
    found: dict[Path, None] = {}
    for role in (given.get("role"), *given.get("roles", ())):
        if role:
            found["roles", role] = None
    if record_type := given.get("type"):
        found["record_types", record_type] = None
        if "field" in given:
            found[field_path(record_type, given["field"])] = None
    for path in sorted(_of_condition(promise, draft)):
        found[path] = None
    yield from found


def _of_condition(promise: PromiseDef, draft: Draft) -> Iterable[Path]:
    """Of a condition that cannot be read nothing is known; the check says so."""
    record_type = draft.snapshot.types.get(promise.arguments.get("type", ""))
    if record_type is None or promise.arguments.get("condition") is None:
        return ()
    asker = KINDS[promise.kind].asker
    try:
        read = condition(promise.arguments["condition"], draft.snapshot, record_type, asker=asker)
    except ConditionInvalid:
        return ()
    return read.references()


def live_promises(sections: Mapping[str, Any]) -> list[PromiseDef]:
    """Those in use, of a snapshot's sections."""
    held: Mapping[str, PromiseDef] = sections.get("promises") or {}
    return [promise for promise in held.values() if not promise.retired]
