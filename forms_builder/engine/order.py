"""In which order items are decided: each after those that its conditions ask for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from forms_builder.engine.logic import ItemLogic


class Circle(Exception):
    """Items that decide about each other in a circle; `way` begins and ends with the same one."""

    def __init__(self, way: Sequence[str]) -> None:
        self.way = tuple(way)
        super().__init__(_("It goes in a circle: %(way)s.") % {"way": " → ".join(way)})


def ordered(items: Sequence[ItemLogic]) -> list[ItemLogic]:
    """As they stand, as far as that goes. Raises `Circle`."""
    by_key = {each.item.key: each for each in items}
    found: dict[str, ItemLogic] = {}
    for each in items:
        _put(each, by_key, found, ())
    return list(found.values())


def _put(
    each: ItemLogic,
    by_key: dict[str, ItemLogic],
    found: dict[str, ItemLogic],
    way: tuple[str, ...],
) -> None:
    key = each.item.key
    if key in way:
        raise Circle((*way[way.index(key) :], key))
    if key in found:
        return
    for other in sorted(asked_by(each), key=list(by_key).index):
        _put(by_key[other], by_key, found, (*way, key))
    found[key] = each


def asked_by(each: ItemLogic) -> set[str]:
    """The items that decide about its value."""
    return {path[3] for condition in each.deciding for path in condition.references()}
