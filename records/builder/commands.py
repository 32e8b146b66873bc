"""What can be done to a sheet that needs the server: each gives the row to draw anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from records.builder.sheet import BadShape, Node, Sheet, fresh_id

#: For each kind that is picked, the entry that the picked thing stands under.
PICKED = {
    "field": "field",
    "related": "relation",
    "segment": "segment",
    "changed": "field",
    "changed_to": "",
    "was": "",
}
#: Kinds that hold a condition of their own.
FRAMES = ("related", "changed_to", "was")


def pick(sheet: Sheet, at: Node, value: str) -> Node:
    """The row becomes one about something else."""
    kind, _, key = value.partition(":")
    if kind not in PICKED:
        raise BadShape(kind)
    at.kind, at.parts = kind, []
    if PICKED[kind]:
        sheet.put(at, **{PICKED[kind]: key})
    if kind in FRAMES:
        at.parts = [Node(fresh_id(), "group")]
        sheet.put(at.parts[0], bare="1", mode="all")
    return at


def compare(sheet: Sheet, at: Node, value: str) -> Node:
    """The other field of a comparison."""
    sheet.put(at, other=value)
    return at


def copy(sheet: Sheet, at: Node, value: str) -> Node:
    """The same row once more, below."""
    twin = sheet.copied(at)
    above = next(node for node in sheet.root.walk() if at in node.parts)
    above.parts.insert(above.parts.index(at) + 1, twin)
    return twin


def draw(sheet: Sheet, at: Node, value: str) -> Node:
    """As it is."""
    return at


COMMANDS: Mapping[str, Callable[[Sheet, Node, str], Node]] = {
    "pick": pick,
    "compare": compare,
    "copy": copy,
    "draw": draw,
}
