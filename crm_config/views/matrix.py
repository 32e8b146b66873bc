"""The access matrix: record types down, actions across, and the rights on their fields."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.urls import reverse

from crm_config.definitions import ACTIONS, FIELD_ACCESS, SCOPES, TypeDef
from crm_config.forms.role import GRANT, RIGHT, RightsForm
from crm_config.models import FieldGrant, Role, TypeGrant
from crm_config.words import access
from crm_config.working_copy import rights

#: A condition over a record type, in a sentence.
Words = Callable[[str, Any], str]


@dataclass(frozen=True)
class Cell:
    """One choice. `name` is what the form posts, `label` what a screen reader says."""

    name: str
    value: str
    label: str
    conditional: bool = False
    #: Where its condition is changed, and what it says.
    url: str = ""
    condition: str = ""


@dataclass(frozen=True)
class Row:
    label: str
    cells: list[Cell]
    icon: str = ""
    key: str = ""
    fields: list[Cell] = field(default_factory=list)

    @property
    def said(self) -> int:
        """How many fields have a right of their own."""
        return sum(bool(cell.value) for cell in self.fields)


@dataclass(frozen=True)
class Matrix:
    rows: list[Row]
    actions: list[Any] = field(default_factory=lambda: [access.ACTIONS[a] for a in ACTIONS])
    scopes: list[tuple[str, Any, Any]] = field(
        default_factory=lambda: [(s, access.SCOPES[s], access.SCOPES_IN_FULL[s]) for s in SCOPES]
    )
    field_rights: list[tuple[str, Any]] = field(
        default_factory=lambda: [(r, access.FIELD_RIGHTS[r]) for r in ("", *FIELD_ACCESS)]
    )


def rights_of_role(role: Role, types: Iterable[TypeDef], words: Words) -> Matrix:
    """A row per record type. `words` tells a condition over a type."""
    return Matrix(
        [_row(role, t, words, label=t.plural_label, icon=t.icon, key=t.key) for t in types]
    )


def rights_of_type(record_type: TypeDef, roles: Iterable[Role], words: Words) -> Matrix:
    """A row per role, for one record type."""
    return Matrix(
        [_row(role, record_type, words, label=role.label, icon="", key=role.key) for role in roles]
    )


def _row(role: Role, t: TypeDef, words: Words, **about: str) -> Row:
    scopes = {g.action: g for g in role.grants.all() if g.record_type == t.key}
    given = {g.field: g for g in role.field_grants.all() if g.record_type == t.key}
    cells = [
        Cell(
            name=f"{GRANT}:{role.key}:{t.key}:{action}",
            value=scopes[action].scope if action in scopes else rights.NONE,
            label=f"{about['label']}: {access.ACTIONS[action]}",
            **_conditional(scopes.get(action), t, words),
            url=reverse("studio:grant_condition", args=[role.key, t.key, action]),
        )
        for action in ACTIONS
    ]
    fields = [
        Cell(
            f"{RIGHT}:{role.key}:{t.key}:{f.key}",
            given[f.key].access if f.key in given else "",
            str(f.label),
            **_conditional(given.get(f.key), t, words),
            url=reverse("studio:field_condition", args=[role.key, t.key, f.key]),
        )
        for f in t.active
    ]
    return Row(cells=cells, fields=fields, **about)


def _conditional(grant: TypeGrant | FieldGrant | None, t: TypeDef, words: Words) -> dict[str, Any]:
    if grant is None or not grant.condition:
        return {}
    return {"conditional": True, "condition": words(t.key, grant.condition)}


@transaction.atomic
def save_rights(form: RightsForm) -> None:
    for key, role in form.roles.items():
        rights.set_scopes(role, form.scopes[key])
        rights.set_field_rights(role, form.rights[key])


def overview(types: Iterable[TypeDef], roles: Iterable[Role], action: str) -> list[dict[str, Any]]:
    """For one action: a row per record type, with each role's scope."""
    scopes = {
        (role.key, g.record_type): g.scope
        for role in roles
        for g in role.grants.all()
        if g.action == action
    }
    known = list(roles)
    return [
        {
            "type": t,
            "cells": [
                {"role": role, **shown(scopes.get((role.key, t.key), rights.NONE))}
                for role in known
            ],
        }
        for t in types
    ]


def shown(scope: str) -> dict[str, Any]:
    return {
        "scope": scope,
        "short": access.SCOPES.get(scope, scope),
        "full": access.SCOPES_IN_FULL.get(scope, scope),
    }
