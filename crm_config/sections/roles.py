"""Roles and what they are granted."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any

from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext as _

from crm_config import labels, rules
from crm_config.compiler import Draft
from crm_config.conditions.api import ConditionInvalid
from crm_config.definitions import ACTIONS, FIELD_ACCESS, SCOPES
from crm_config.diff import identity
from crm_config.keys import is_key
from crm_config.live import live
from crm_config.models import FieldGrant, Role, TypeGrant
from crm_config.problems import Problem
from crm_config.references import field_path
from crm_config.sections.base import ConfigSection, Reference
from crm_config.sections.rows import sync

CONDITION = "condition"

#: What the name of a Django group holds.
MOST_OF_NAME = 150


class RoleSection(ConfigSection):
    key = "roles"

    def dump(self) -> list[dict[str, Any]]:
        rows = Role.in_use.prefetch_related("grants", "field_grants").order_by("key")
        return [self._dump_role(row) for row in rows]

    def _dump_role(self, row: Role) -> dict[str, Any]:
        dumped: dict[str, Any] = {"key": row.key, "labels": row.labels}
        if row.administers:
            dumped["administers"] = True
        dumped["grants"] = [
            {"type": g.record_type, "action": g.action, "scope": g.scope}
            | ({"condition": g.condition} if g.condition else {})
            for g in row.grants.all()
        ]
        dumped["fields"] = [
            {"type": g.record_type, "field": g.field, "access": g.access}
            | ({"condition": g.condition} if g.condition else {})
            for g in row.field_grants.all()
        ]
        return dumped

    def load(self, part: Any, *, replace: bool) -> None:
        held = {raw["key"]: raw for raw in self.dump()}
        changed = [raw for raw in part if held.get(raw["key"]) != _as_dumped(raw)]
        if changed:
            self._load_roles(changed, replace=replace)
        if replace and held.keys() - {raw["key"] for raw in part}:
            for role in Role.in_use.exclude(key__in=[raw["key"] for raw in part]):
                remove(role)

    def _load_roles(self, part: Sequence[Mapping[str, Any]], *, replace: bool) -> None:
        held = {
            role.key: role for role in Role.objects.filter(key__in=[raw["key"] for raw in part])
        }
        pks = []
        for raw in part:
            role = held.get(raw["key"]) or Role(key=raw["key"], group=_new_group(raw))
            role.removed = False
            role.labels = raw.get("labels", {})
            role.administers = raw.get("administers", role.administers and not replace)
            role.save()
            pks.append(role.pk)
        loaded = dict(zip(pks, part, strict=True))
        _load_grants(TypeGrant.objects.all(), loaded, "grants", "action", "scope", replace=replace)
        _load_grants(FieldGrant.objects.all(), loaded, "fields", "field", "access", replace=replace)

    def check(self, part: Any, draft: Draft) -> Iterable[Problem]:
        for raw in part:
            path = ("roles", raw["key"])
            if not is_key(raw["key"]):
                yield Problem(path, _("A key has small letters, digits and single underscores."))
            for grant in raw.get("grants", []):
                yield from _grant(grant, path, draft)
            for grant in raw.get("fields", []):
                yield from _field_grant(grant, path, draft)

    def references(self, part: Any, draft: Draft) -> Iterable[Reference]:
        for raw in part:
            source = ("roles", raw["key"])
            for record_type in sorted({g["type"] for g in raw.get("grants", [])}):
                yield Reference(source, ("record_types", record_type), _("grants"), weak=True)
            for grant in raw.get("fields", []):
                yield Reference(
                    source, field_path(grant["type"], grant["field"]), _("field rights"), weak=True
                )
            yield from _conditions(raw, draft)


def _as_dumped(raw: Mapping[str, Any]) -> dict[str, Any]:
    grants = sorted(raw.get("grants", []), key=lambda grant: (grant["type"], grant["action"]))
    rights = sorted(raw.get("fields", []), key=lambda grant: (grant["type"], grant["field"]))
    return {**raw, "grants": grants, "fields": rights}


def _load_grants(
    rows: "models.QuerySet[Any]",
    roles: Mapping[int, Mapping[str, Any]],
    part: str,
    what: str,
    how: str,
    *,
    replace: bool,
) -> None:
    """Those of all the roles at once; `roles` are the payload's, by the primary keys of their rows."""
    sync(
        rows.filter(role__in=roles),
        [
            {"condition": None, **grant, "role_id": pk, "record_type": grant["type"]}
            for pk, raw in roles.items()
            for grant in raw.get(part, [])
        ],
        by=("role_id", "record_type", what),
        names=(how, "condition"),
        replace=replace,
    )


def _conditions(raw: Mapping[str, Any], draft: Draft) -> Iterator[Reference]:
    """What the conditions rely on. One that cannot be read is a problem of its own; one about an archived
    type means nothing meanwhile."""
    for grant, condition in rules.raw_conditions(raw):
        record_type = draft.snapshot.types.get(grant["type"])
        if record_type is None:
            continue
        try:
            read = rules.read(condition, draft.snapshot, record_type)
        except ConditionInvalid:
            continue
        part = "grants" if "action" in grant else "fields"
        source = ("roles", raw["key"], part, str(identity(grant)))
        for target in sorted(read.references()):
            yield Reference(source, target, _("condition"), weak=record_type.retired)


def _new_group(raw: Mapping[str, Any]) -> Group:
    """A group of the role's own. Never one that is there already, whatever its name: its members would get the
    role, and the role's members what that group may do."""
    name = labels.text(raw.get("labels"), language="en", default=raw["key"])
    return Group.objects.create(name=next(n for n in _names(name, raw["key"]) if _free(n)))


def _names(name: str, key: str) -> Iterator[str]:
    yield name[:MOST_OF_NAME]
    for number in count(1):
        told_apart = f" ({key})" if number == 1 else f" ({key} {number})"
        yield name[: MOST_OF_NAME - len(told_apart)] + told_apart


def _free(name: str) -> bool:
    return not Group.objects.filter(name=name).exists()


def remove(role: Role) -> None:
    """Take a role out of the working copy. Its members have it until that is published; the row stays behind even
    then, so that the role finds its own group again, with its members, when it comes back."""
    role.grants.all().delete()
    role.field_grants.all().delete()
    role.removed, role.administers = True, False
    role.save()


def forget(key: str) -> None:
    """Let go of what a role that is neither in the working copy nor published left behind: whoever had it has
    no part in a new role of that key. The group stays, with its members and whatever else it is good for."""
    if key not in live().roles:
        Role.objects.filter(key=key, removed=True).delete()


def _grant(grant: Mapping[str, Any], path: tuple[str, ...], draft: Draft) -> Iterator[Problem]:
    if grant["type"] not in draft.types:
        yield Problem(path, _("There is no record type “%(key)s”.") % {"key": grant["type"]})
    if grant["action"] not in ACTIONS:
        yield Problem(path, _("There is no action “%(key)s”.") % {"key": grant["action"]})
    if grant["scope"] not in SCOPES:
        yield Problem(path, _("There is no scope “%(key)s”.") % {"key": grant["scope"]})
    if grant["scope"] == CONDITION:
        yield from _condition(grant, (*path, "grants", f"{grant['type']}.{grant['action']}"), draft)
    elif grant.get("condition"):
        yield Problem(path, _("Only the scope “if…” takes a condition."))


def _condition(grant: Mapping[str, Any], path: tuple[str, ...], draft: Draft) -> Iterator[Problem]:
    """Archived types grant nothing: what their conditions say is looked at when they come back."""
    record_type = draft.snapshot.types.get(grant["type"])
    if record_type is not None and not record_type.retired:
        for problem in rules.problems(grant.get("condition"), draft.snapshot, record_type):
            yield Problem(path, _("Condition: %(problem)s") % {"problem": problem})


def _field_grant(
    grant: Mapping[str, Any], path: tuple[str, ...], draft: Draft
) -> Iterator[Problem]:
    record_type = draft.snapshot.types.get(grant["type"])
    if record_type is None or grant["field"] not in record_type.fields:
        yield Problem(
            path,
            _("There is no field “%(field)s” of “%(type)s”.")
            % {"field": grant["field"], "type": grant["type"]},
        )
    if grant["access"] not in FIELD_ACCESS:
        yield Problem(path, _("There is no field right “%(key)s”.") % {"key": grant["access"]})
    if grant.get("condition"):
        if grant["access"] == "hidden":
            yield Problem(
                path,
                _(
                    "Hidden takes no condition: say where the field can be read, elsewhere it is hidden."
                ),
            )
        yield from _condition(grant, (*path, "fields", f"{grant['type']}.{grant['field']}"), draft)
