"""Rows of the working copy brought in line with a part of a payload, in a few queries whatever their number."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from django.db import models

M = TypeVar("M", bound=models.Model)
Place = tuple[Any, ...]


def sync(
    rows: "models.QuerySet[M]",
    wanted: Iterable[Mapping[str, Any]],
    *,
    by: Sequence[str],
    names: Sequence[str],
    replace: bool,
) -> dict[Place, M]:
    """Make or change among `rows` what `wanted` names, told apart by the attributes `by`; with `replace`,
    what a mapping leaves unsaid goes back to its default, and the other rows go.

    Returns the rows wanted, by their place.
    """
    held = {_place(row, by): row for row in rows}
    found: dict[Place, M] = {}
    new: dict[Place, M] = {}
    changed: dict[Place, M] = {}
    for raw in wanted:
        place = tuple(raw[name] for name in by)
        row = held.get(place)
        if row is None:
            row = held[place] = new[place] = rows.model(**dict(zip(by, place, strict=True)))
        if apply(row, raw, names, replace=replace) and place not in new:
            changed[place] = row
        found[place] = row
    rows.model._default_manager.bulk_create(new.values())
    if changed:
        rows.model._default_manager.bulk_update(changed.values(), names)
    if replace and (gone := [row.pk for place, row in held.items() if place not in found]):
        rows.model._default_manager.filter(pk__in=gone).delete()
    return found


def apply(
    row: models.Model, raw: Mapping[str, Any], names: Iterable[str], *, replace: bool
) -> bool:
    """Set the named attributes that `raw` gives; with `replace`, the others go back to their defaults.
    Whether anything changed."""
    before = {name: getattr(row, name) for name in names}
    for name in names:
        if name in raw:
            setattr(row, name, raw[name])
        elif replace:
            setattr(row, name, _default_of(row, name))
    return any(getattr(row, name) != value for name, value in before.items())


def _place(row: models.Model, by: Sequence[str]) -> Place:
    return tuple(getattr(row, name) for name in by)


def _default_of(row: models.Model, name: str) -> Any:
    field = row._meta.get_field(name)
    return field.get_default() if isinstance(field, models.Field) else None
