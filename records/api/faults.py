"""The gate's refusals as a program may be told them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from crm_config.definitions import TypeDef
from records.access import Access
from records.api.problems import Fault, Problem
from records.errors import NotVisible
from records.gate import Outcome, Refusal
from records.selectors import get
from records.selectors.plain import plain_views

#: Which problem a refusal makes of the whole request; the first that occurs decides, else it is `invalid`.
DECIDING: Mapping[str, str] = {
    "not_found": "not_found",
    "unknown_type": "not_found",
    "stale": "stale",
    "forbidden": "forbidden",
    "outside_scope": "forbidden",
    "archived": "archived",
    "held": "held",
    "conflict": "conflict",
}


def problem_of(
    outcome: Outcome, record_type: TypeDef, access: Access, *, place: str = "body.fields"
) -> Problem:
    """For a request about one record. `place`: where in it the values stand."""
    found = {r.code for r in outcome.refusals}
    code = next((DECIDING[c] for c in DECIDING if c in found), "invalid")
    faults = faults_of(outcome, record_type, access, place=place)
    detail = next((r.message for r in outcome.refusals if DECIDING.get(r.code) == code), "")
    return Problem(code, detail, faults=[] if code == "not_found" else faults)


def faults_of(outcome: Outcome, record_type: TypeDef, access: Access, *, place: str) -> list[Fault]:
    theirs = _current(outcome, record_type, access)
    return [_fault(r, outcome, record_type, access, theirs, place) for r in outcome.refusals]


def _fault(
    refusal: Refusal,
    outcome: Outcome,
    record_type: TypeDef,
    access: Access,
    theirs: Mapping[str, Any],
    place: str,
) -> Fault:
    key = refusal.field
    if key is not None and not _known(key, outcome, record_type, access):
        return Fault("refused", _("Something that you may not see stands against it."))
    more: dict[str, Any] = {}
    if refusal.code == "conflict" and key is not None:
        mine = _json(record_type, key, refusal.detail.get("mine"))
        more = {"theirs": theirs.get(key), "mine": mine, "by": refusal.detail.get("by")}
    if refusal.rule is not None:
        more["rule"] = refusal.rule
    where = f"{place}.{key}" if key in outcome.change.values else None
    return Fault(refusal.code, refusal.message, field=key, place=where, more=more)


def _known(key: str, outcome: Outcome, record_type: TypeDef, access: Access) -> bool:
    """Whether the caller may hear of the field: it may be read, or was named by the caller."""
    return key in outcome.change.values or key in access.readable(record_type)


def _current(outcome: Outcome, record_type: TypeDef, access: Access) -> dict[str, Any]:
    """The values that stand now, of the fields in conflict: as far as the caller sees what they link to."""
    keys = {r.field for r in outcome.refusals if r.code == "conflict" and r.field is not None}
    if not keys or outcome.change.id is None:
        return {}
    try:
        view = get(outcome.change.id, access=access, keys=keys, views=plain_views)
    except NotVisible:
        return {}
    return {key: view.json(key) for key in keys & access.readable(record_type)}


def _json(record_type: TypeDef, key: str, value: Any) -> Any:
    f = record_type.field(key)
    return None if value is None else f.type.to_json(f, value)
