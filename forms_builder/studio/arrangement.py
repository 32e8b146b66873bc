"""Steps, sections and items put in, moved and taken out. Each gives the steps anew: what was given stays as it was.

A section is named with its step, `step.section`: two steps may have sections of one key.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from crm_config.errors import ChangedMeanwhile

Raw = dict[str, Any]
Steps = list[Raw]


class Spot(NamedTuple):
    step: int
    section: int
    item: int


def gone() -> ChangedMeanwhile:
    return ChangedMeanwhile(_("The form was changed meanwhile. Load the page again."))


def place_key(step: Mapping[str, Any], section: Mapping[str, Any]) -> str:
    return f"{step['key']}.{section['key']}"


def items_of(steps: Sequence[Mapping[str, Any]]) -> Iterator[Raw]:
    for step in steps:
        for section in step.get("sections", ()):
            yield from section.get("items", ())


def item_keys(steps: Sequence[Mapping[str, Any]]) -> set[str]:
    return {item["key"] for item in items_of(steps)}


def find_item(steps: Steps, key: str) -> Spot:
    """Raises `ChangedMeanwhile`."""
    for s, step in enumerate(steps):
        for n, section in enumerate(step.get("sections", ())):
            for i, item in enumerate(section.get("items", ())):
                if item["key"] == key:
                    return Spot(s, n, i)
    raise gone()


def item_at(steps: Steps, key: str) -> Raw:
    return _items(steps, spot := find_item(steps, key))[spot.item]


def find_section(steps: Steps, place: str) -> tuple[int, int]:
    """Raises `ChangedMeanwhile`."""
    for s, step in enumerate(steps):
        for n, section in enumerate(step.get("sections", ())):
            if place_key(step, section) == place:
                return s, n
    raise gone()


def find_step(steps: Steps, key: str) -> int:
    """Raises `ChangedMeanwhile`."""
    found = next((n for n, step in enumerate(steps) if step["key"] == key), None)
    if found is None:
        raise gone()
    return found


def _section(steps: Steps, place: str) -> Raw:
    s, n = find_section(steps, place)
    found: Raw = steps[s]["sections"][n]
    return found


def _items(steps: Steps, spot: Spot) -> list[Raw]:
    found: list[Raw] = steps[spot.step]["sections"][spot.section]["items"]
    return found


# -- items


def added(steps: Steps, item: Raw, place: str, *, after: str = "") -> Steps:
    """At the end of the section, or below another item of it."""
    found = deepcopy(steps)
    items = _section(found, place).setdefault("items", [])
    at = next((n for n, each in enumerate(items) if each["key"] == after), len(items) - 1)
    items.insert(at + 1, item)
    return found


def replaced(steps: Steps, item: Raw) -> Steps:
    """The item with its key becomes this one."""
    found = deepcopy(steps)
    spot = find_item(found, item["key"])
    _items(found, spot)[spot.item] = item
    return found


def removed(steps: Steps, key: str) -> Steps:
    found = deepcopy(steps)
    spot = find_item(found, key)
    del _items(found, spot)[spot.item]
    return found


def moved(steps: Steps, key: str, by: int) -> Steps:
    """One place up or down; beyond the end of a section, into the next one."""
    found = deepcopy(steps)
    spot = find_item(found, key)
    items = _items(found, spot)
    item = items.pop(spot.item)
    if 0 <= spot.item + by <= len(items):
        items.insert(spot.item + by, item)
        return found
    flat = [section for step in found for section in step["sections"]]
    at = next(n for n, section in enumerate(flat) if section["items"] is items) + by
    if not 0 <= at < len(flat):
        return deepcopy(steps)
    beside = flat[at].setdefault("items", [])
    beside.insert(len(beside) if by < 0 else 0, item)
    return found


def moved_to(steps: Steps, key: str, place: str) -> Steps:
    """To the end of another section."""
    item = item_at(steps, key)
    return added(removed(steps, key), deepcopy(item), place)


def arranged(steps: Steps, wanted: Sequence[tuple[str, Sequence[str]]]) -> Steps:
    """All items as they were dragged. Raises `ChangedMeanwhile` where sections or items are not those any more."""
    found = deepcopy(steps)
    held = {item["key"]: item for item in items_of(found)}
    places = [place_key(step, section) for step in found for section in step["sections"]]
    named = [key for _place, keys in wanted for key in keys]
    if sorted(named) != sorted(held) or sorted(place for place, _keys in wanted) != sorted(places):
        raise gone()
    for place, keys in wanted:
        _section(found, place)["items"] = [held[key] for key in keys]
    return found


# -- steps and sections


def with_step(steps: Steps, step: Raw) -> Steps:
    """In the place of the one with its key, or else at the end."""
    if any(each["key"] == step["key"] for each in steps):
        return [deepcopy(step if each["key"] == step["key"] else each) for each in steps]
    return [*deepcopy(steps), step]


def without_step(steps: Steps, key: str) -> Steps:
    """With all that stands on it."""
    at = find_step(steps, key)
    return deepcopy([*steps[:at], *steps[at + 1 :]])


def shifted_step(steps: Steps, key: str, by: int) -> Steps:
    found = deepcopy(steps)
    return _shifted(found, find_step(found, key), by)


def with_section(steps: Steps, step: str, section: Raw) -> Steps:
    """In the place of the one with its key, or else at the end of the step."""
    found = deepcopy(steps)
    sections = found[find_step(found, step)].setdefault("sections", [])
    at = next((n for n, each in enumerate(sections) if each["key"] == section["key"]), None)
    if at is None:
        sections.append(section)
    else:
        sections[at] = section
    return found


def without_section(steps: Steps, place: str) -> Steps:
    """With all that stands in it."""
    found = deepcopy(steps)
    s, n = find_section(found, place)
    del found[s]["sections"][n]
    return found


def shifted_section(steps: Steps, place: str, by: int) -> Steps:
    """Within its step."""
    found = deepcopy(steps)
    s, n = find_section(found, place)
    _shifted(found[s]["sections"], n, by)
    return found


def _shifted(held: list[Raw], at: int, by: int) -> list[Raw]:
    if 0 <= at + by < len(held):
        held.insert(at + by, held.pop(at))
    return held
