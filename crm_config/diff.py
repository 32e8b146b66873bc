"""The difference of two payloads, object by object, in an order people can read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Path = tuple[str, ...]
Kind = Literal["added", "removed", "changed", "moved"]


@dataclass(frozen=True)
class Difference:
    """One thing that differs. For `changed`, `path` ends in the attribute; `before` and `after` are its JSON."""

    kind: Kind
    path: Path
    before: Any = None
    after: Any = None
    #: Of something removed: what stood before it in its list, so that it can go back to its place.
    preceded_by: Path = ()

    @property
    def object_path(self) -> Path:
        """The object it belongs to: the type, field, option, role or grant."""
        return self.path[:-1] if self.kind in ("changed", "moved") else self.path


def identity(item: Mapping[str, Any]) -> str | None:
    """What names an object within its list: its key, or what a grant is about."""
    if "key" in item:
        return str(item["key"])
    if "type" in item and ("action" in item or "field" in item):
        return f"{item['type']}.{item.get('action') or item.get('field')}"
    return None


def diff(before: Any, after: Any, path: Path = ()) -> Iterator[Difference]:
    """Differences from `before` to `after`, outermost first; the inside of a whole added object is not listed."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for name in [*before, *(n for n in after if n not in before)]:
            yield from _attribute(before.get(name), after.get(name), (*path, name))
    elif before != after:
        yield Difference("changed", path, before, after)


def _attribute(before: Any, after: Any, path: Path) -> Iterator[Difference]:
    if before == after:
        return
    if _is_objects(before) and _is_objects(after):
        yield from _objects(before or [], after or [], path)
    elif isinstance(before, Mapping) and isinstance(after, Mapping) and path[-1] not in LEAVES:
        yield from diff(before, after, path)
    else:
        yield Difference("changed", path, before, after)


#: Maps that people read as one value.
LEAVES = frozenset(
    {
        "labels",
        "plural",
        "help",
        "description",
        "placeholder",
        "default",
        "condition",
        "by",
        "guard",
        "message",
        "sets",
    }
)


def _is_objects(value: Any) -> bool:
    return value is None or (
        isinstance(value, list)
        and all(isinstance(item, Mapping) and identity(item) for item in value)
    )


def _objects(before: list[Any], after: list[Any], path: Path) -> Iterator[Difference]:
    old = {str(identity(item)): item for item in before}
    new = {str(identity(item)): item for item in after}
    for place, (name, item) in enumerate(old.items()):
        if name not in new:
            before_it = tuple(old)[:place]
            yield Difference("removed", (*path, name), before=item, preceded_by=before_it)
        else:
            yield from diff(item, new[name], (*path, name))
    for name, item in new.items():
        if name not in old:
            yield Difference("added", (*path, name), after=item)
    kept_before = [name for name in old if name in new]
    kept_after = [name for name in new if name in old]
    if kept_before != kept_after and path[-1] in ORDERED:
        yield Difference("moved", (*path, "order"), list(old), list(new))


#: Lists whose order was chosen by somebody.
ORDERED = frozenset({"sections", "fields", "choices", "stages", "items", "steps", "routes"})


def revert(payload: dict[str, Any], difference: Difference) -> dict[str, Any]:
    """`payload` (the after side) with one difference put back."""
    head, *rest = difference.path
    return {**payload, head: _revert(payload.get(head), tuple(rest), difference)}


def _revert(value: Any, path: Path, difference: Difference) -> Any:
    if not path:
        return difference.before
    if isinstance(value, list) or (value is None and difference.kind == "removed"):
        return _revert_list(list(value or []), path, difference)
    value = dict(value or {})
    if len(path) == 1 and difference.kind == "changed":
        return _put(value, path[0], difference.before)
    return {**value, path[0]: _revert(value.get(path[0]), path[1:], difference)}


def _put(value: dict[str, Any], name: str, before: Any) -> dict[str, Any]:
    if before is None:
        value.pop(name, None)
        return value
    return {**value, name: before}


def _revert_list(items: list[Any], path: Path, difference: Difference) -> list[Any]:
    if path == ("order",) and difference.kind == "moved":
        rank = {name: place for place, name in enumerate(difference.before)}
        return sorted(items, key=lambda item: rank.get(str(identity(item)), len(rank)))
    if len(path) == 1 and difference.kind == "added":
        return [item for item in items if identity(item) != path[0]]
    if len(path) == 1 and difference.kind == "removed":
        return _put_back(items, difference)
    return [
        _revert(item, path[1:], difference) if identity(item) == path[0] else item for item in items
    ]


def _put_back(items: list[Any], difference: Difference) -> list[Any]:
    """After the nearest of its former predecessors that is still there, else in front."""
    place = 0
    for at, item in enumerate(items):
        if identity(item) in difference.preceded_by:
            place = max(place, at + 1)
    return [*items[:place], difference.before, *items[place:]]
