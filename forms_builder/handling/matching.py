"""A record found again by what matches, or made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from crm_config.conditions.api import ConditionInvalid
from crm_config.definitions import TypeDef
from forms_builder.handling.work import Refused, Work
from records.errors import NotVisible
from records.gate.change import Change
from records.selectors import Query, RecordView, get, visible

FILL, OVERWRITE, NEVER = "fill", "overwrite", "never"


def find_or_make(
    work: Work,
    record_type: TypeDef,
    values: Mapping[str, Any],
    *,
    match: Sequence[str],
    update: str,
    given: Mapping[str, Any],
    what: str,
) -> int:
    """`given` are values that a new record gets besides. What stands in a record that is found, stays, unless the
    form says that it overwrites."""
    pk = find(work, record_type, values, match)
    if pk is None:
        change = Change("create", type=record_type.key, values={**given, **values})
        return work.write(change, what)
    wanted = _wanted(work, record_type, pk, values, update)
    if not wanted:
        work.made.append({"id": pk, "what": what})
        return pk
    return work.write(Change("change", id=pk, values=wanted), what)


def find(
    work: Work, record_type: TypeDef, values: Mapping[str, Any], match: Sequence[str]
) -> int | None:
    """The first whose fields are all the same; none where one of them was not filled in."""
    if not match or not all(key in values for key in match):
        return None
    leaves = [same(record_type, key, values[key]) for key in match]
    try:
        rows = visible(Query(record_type, where={"all": leaves}), access=work.access)
    except ConditionInvalid as invalid:
        raise Refused([str(problem) for problem in invalid.problems]) from invalid
    return rows.order_by("pk").values_list("pk", flat=True).first()


def same(record_type: TypeDef, key: str, value: Any) -> dict[str, Any]:
    f = record_type.all_fields[key]
    if f.type.storage == "links":
        return {"field": key, "op": "linked_to", "value": list(value)}
    op = "equals" if f.type.key == "multi_choice" else "eq"
    return {"field": key, "op": op, "value": f.type.to_json(f, value)}


def _wanted(
    work: Work, record_type: TypeDef, pk: int, values: Mapping[str, Any], update: str
) -> dict[str, Any]:
    if update == OVERWRITE:
        return dict(values)
    if update == NEVER:
        return {}
    try:
        view = get(pk, access=work.access)
    except NotVisible:
        return {}
    found = {key: value for key, value in values.items() if view.value(key) is None}
    return found | _added(record_type, values, view)


def _added(
    record_type: TypeDef, values: Mapping[str, Any], view: RecordView
) -> dict[str, tuple[str, ...]]:
    """Of several options, those that were chosen come to those that stand."""
    found: dict[str, tuple[str, ...]] = {}
    for key, value in values.items():
        standing = view.value(key)
        if record_type.all_fields[key].type.key == "multi_choice" and standing is not None:
            both = tuple(sorted({*standing, *value}))
            found |= {key: both} if both != standing else {}
    return found
