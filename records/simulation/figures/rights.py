"""Fields that roles and people come to read or change, or no longer do; and who may create."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm_config.definitions import TypeDef
from records.access import Access
from records.simulation.registry import Figure
from records.simulation.shown.rights import shown
from records.simulation.trial import Trial
from records.standins import role_alone

Row = dict[str, Any]


def measure(trial: Trial) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {"roles": [], "people": []}
    for record_type in both(trial):
        trial.step(record_type.plural_label)
        for role in trial.roles:
            before, after = (role_alone(role, s) for s in (trial.before, trial.after))
            if changed := differences(before, after, record_type.key):
                found["roles"].append({"role": role, "type": record_type.key, **changed})
        for changed, users in people(trial, record_type.key):
            found["people"].append({"users": users, "type": record_type.key, **changed})
    return found


def both(trial: Trial) -> list[TypeDef]:
    """The types in use in either, new ones too."""
    types = {t.key: t for t in (*trial.after.active_types, *trial.before.active_types)}
    return list(types.values())


def people(trial: Trial, key: str) -> Iterator[tuple[Row, list[int]]]:
    """Those who gain or lose the same are told together."""
    grouped: dict[str, tuple[Row, list[int]]] = {}
    for person in trial.people:
        if changed := differences(person.before, person.after, key):
            grouped.setdefault(str(changed), (changed, []))[1].append(person.id)
    yield from grouped.values()


def differences(before: Access, after: Access, key: str) -> Row:
    """Keys of fields in order; only what differs."""
    old, new = rights(before, key), rights(after, key)
    found: Row = {}
    for right in ("read", "write"):
        found[f"{right}_gained"] = sorted(new[right] - old[right])
        found[f"{right}_lost"] = sorted(old[right] - new[right])
    found["create"] = "" if old["create"] == new["create"] else _way(new["create"])
    return {name: value for name, value in found.items() if value}


def _way(may: frozenset[str]) -> str:
    return "gained" if may else "lost"


def rights(access: Access, key: str) -> dict[str, frozenset[str]]:
    record_type = access.snapshot.types.get(key)
    if record_type is None or record_type.retired:
        return dict.fromkeys(("read", "write", "create"), frozenset())
    own = frozenset(f.key for f in record_type.active)
    may_create = access.may("create", record_type)
    return {
        "read": access.readable(record_type) & own,
        "write": access.writable(record_type) & own,
        "create": frozenset({"create"}) if may_create else frozenset(),
    }


RIGHTS = Figure(
    "rights",
    label=_("Fields that people gain and lose"),
    measure=measure,
    template="records/simulation/rights.html",
    shown=shown,
    steps=lambda trial: len(both(trial)),
    order=30,
)
