"""Where a form for staff is used and for whom, and which of several is meant.

The one that says more wins: first the stage that is moved to, then the stage of the record, then roles. Who has
several roles gets the form of the one that comes first by its key.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm_config.definitions import Snapshot
from forms_builder.definitions import FormDef, in_use
from records.forms.layouts import (
    CONVERSION,
    CREATE,
    EDIT,
    NEW,
    OUTCOME,
    QUICK,
    TRANSITION,
    Wanted,
)

STAFF = "staff"
USES: Mapping[str, Any] = {
    CREATE: _("A new record"),
    EDIT: _("Changing a record"),
    QUICK: _("A new record made in passing, in a dialog"),
    CONVERSION: _("Before a button that converts it"),
    TRANSITION: _("Moving to another stage"),
    OUTCOME: _("What came of an activity"),
}
#: What `settings` of a staff form say.
NAMES = ("used_for", "roles", "stages", "into", "offline")
MEMO = "forms.layouts"


def said(form: FormDef, name: str) -> frozenset[str]:
    return frozenset(form.settings.get(name, ()))


def rank(form: FormDef, use: str) -> tuple[bool, bool, bool]:
    """How much it says: the greater wins."""
    into = use == TRANSITION and bool(said(form, "into"))
    return into, use not in NEW and bool(said(form, "stages")), bool(said(form, "roles"))


def fits(form: FormDef, wanted: Wanted, roles: Iterable[str]) -> bool:
    if wanted.use not in said(form, "used_for"):
        return False
    asked = (
        ("into", {wanted.to} if wanted.use == TRANSITION else None),
        ("stages", None if wanted.use in NEW else {wanted.stage}),
        ("roles", set(roles)),
    )
    return all(
        not said(form, name) or bool(said(form, name) & here)
        for name, here in asked
        if here is not None
    )


def chosen(wanted: Wanted) -> FormDef | None:
    forms = _by_type(wanted.access.snapshot).get(wanted.type.key, ())
    if not any(wanted.use in said(form, "used_for") for form in forms):
        return None
    roles = sorted(role.key for role in wanted.access.roles)
    fitting = [form for form in forms if fits(form, wanted, roles)]
    if not fitting:
        return None
    best = max(rank(form, wanted.use) for form in fitting)
    return min(
        (form for form in fitting if rank(form, wanted.use) == best),
        key=lambda form: _first_role(form, roles),
    )


def _first_role(form: FormDef, roles: list[str]) -> tuple[int, str]:
    places = [n for n, role in enumerate(roles) if role in said(form, "roles")]
    return min(places, default=0), form.key


def _by_type(snapshot: Snapshot) -> Mapping[str, list[FormDef]]:
    known: dict[str, list[FormDef]] | None = snapshot.memo.get(MEMO)
    if known is None:
        known = {}
        for form in in_use(snapshot, STAFF):
            known.setdefault(form.type, []).append(form)
        snapshot.memo[MEMO] = known
    return known


def undecided(forms: Iterable[FormDef]) -> Iterator[tuple[FormDef, FormDef, str]]:
    """Pairs of which nobody could say which is meant, with the use."""
    staff = [form for form in forms if form.channel == STAFF]
    for one, other in combinations(staff, 2):
        if one.type == other.type:
            both = said(one, "used_for") & said(other, "used_for")
            if use := next((use for use in USES if use in both and _equal(one, other, use)), ""):
                yield one, other, use


def _equal(one: FormDef, other: FormDef, use: str) -> bool:
    if rank(one, use) != rank(other, use):
        return False
    told = zip(("into", "stages", "roles"), rank(one, use), strict=True)
    return all(said(one, name) & said(other, name) for name, named in told if named)
