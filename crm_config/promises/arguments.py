"""What is wrong with an argument of a promise, seen together with the rest of the configuration."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from crm_config.conditions.api import ConditionInvalid
from crm_config.definitions import Snapshot
from crm_config.promises.conditions import condition
from crm_config.promises.kinds.base import PromiseKind

Messages = Iterator[str]


def wrong(kind: PromiseKind, given: Mapping[str, Any], snapshot: Snapshot) -> Messages:
    for name in kind.needs:
        if given.get(name) in (None, "", []):
            yield _("“%(argument)s” is missing.") % {"argument": name}
    for name, value in given.items():
        if name not in kind.arguments:
            yield _("“%(argument)s” is not for this kind of promise.") % {"argument": name}
        elif check := CHECKS.get(name):
            yield from check(kind, value, given, snapshot)


def _role(kind: PromiseKind, value: Any, given: Mapping[str, Any], snapshot: Snapshot) -> Messages:
    if value not in snapshot.roles:
        yield _("There is no role “%(key)s”.") % {"key": value}


def _roles(kind: PromiseKind, value: Any, given: Mapping[str, Any], snapshot: Snapshot) -> Messages:
    for key in value:
        yield from _role(kind, key, given, snapshot)


def _type(kind: PromiseKind, value: Any, given: Mapping[str, Any], snapshot: Snapshot) -> Messages:
    if value not in snapshot.types:
        yield _("There is no record type “%(key)s”.") % {"key": value}


def _field(kind: PromiseKind, value: Any, given: Mapping[str, Any], snapshot: Snapshot) -> Messages:
    record_type = snapshot.types.get(given.get("type", ""))
    if record_type is not None and value not in record_type.fields:
        names = {"field": value, "type": record_type.key}
        yield _("There is no field “%(field)s” of “%(type)s”.") % names


def _action(
    kind: PromiseKind, value: Any, given: Mapping[str, Any], snapshot: Snapshot
) -> Messages:
    if value not in kind.actions:
        yield _("“%(key)s” is not an action of this kind of promise.") % {"key": value}
    elif value == "create" and given.get("condition") is not None:
        yield _("A condition is about records that are there: creating takes none.")


def _condition(
    kind: PromiseKind, value: Any, given: Mapping[str, Any], snapshot: Snapshot
) -> Messages:
    record_type = snapshot.types.get(given.get("type", ""))
    if record_type is None:
        return
    try:
        read = condition(value, snapshot, record_type, asker=kind.asker)
    except ConditionInvalid as invalid:
        for problem in invalid.problems:
            yield _("The condition cannot be read: %(problem)s") % {"problem": problem}
        return
    if read.constant is not None:
        yield _("The condition holds always or never: leave it out, or make it say something.")


CHECKS: Mapping[str, Callable[[PromiseKind, Any, Mapping[str, Any], Snapshot], Messages]] = {
    "role": _role,
    "roles": _roles,
    "type": _type,
    "field": _field,
    "action": _action,
    "condition": _condition,
}
