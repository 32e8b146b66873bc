"""What stands in the rows of a builder: their shape, and what was typed, as a browser sends it."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

#: More than any condition may have: what is too much is said by the condition's own limits.
MOST_NODES = 600
MOST_DEPTH = 24
_ID = re.compile(r"[a-z0-9]{1,24}\Z")


class BadShape(ValueError):
    """Not made by the builder."""


@dataclass
class Node:
    """One row. `kind` is a key of `records.builder.rows.KINDS`."""

    id: str
    kind: str
    parts: list[Node] = field(default_factory=list)

    def walk(self) -> Iterator[Node]:
        yield self
        for part in self.parts:
            yield from part.walk()

    def json(self) -> dict[str, Any]:
        found: dict[str, Any] = {"id": self.id, "kind": self.kind}
        return {**found, "parts": [p.json() for p in self.parts]} if self.parts else found


@dataclass
class Sheet:
    """`name` is that of the form field: what belongs to row `id` is named `<name>-<id>-<what>`."""

    name: str
    root: Node
    data: QueryDict

    @classmethod
    def read(cls, name: str, data: Mapping[str, Any]) -> Sheet:
        """As it was sent. Raises `BadShape`."""
        try:
            raw = json.loads(data.get(f"{name}-shape") or "")
        except (ValueError, RecursionError) as error:
            raise BadShape(str(error)) from error
        root = _node(raw, 0)
        ids = [node.id for node in root.walk()]
        if len(ids) > MOST_NODES or len(set(ids)) < len(ids):
            raise BadShape("ids")
        return cls(name, root, _own(name, data))

    def prefix(self, node: Node) -> str:
        return f"{self.name}-{node.id}"

    def get(self, node: Node, what: str) -> str:
        return str(self.data.get(f"{self.prefix(node)}-{what}") or "")

    def put(self, node: Node, **values: str) -> None:
        for what, value in values.items():
            self.data[f"{self.prefix(node)}-{what}"] = value

    def put_all(self, found: Mapping[str, list[str]]) -> None:
        for name, values in found.items():
            self.data.setlist(name, values)

    def find(self, node_id: str) -> Node | None:
        return next((node for node in self.root.walk() if node.id == node_id), None)

    def copied(self, node: Node) -> Node:
        """The row once more, with all that stands in it, under ids of its own."""
        twin = Node(fresh_id(), node.kind)
        before, after = f"{self.prefix(node)}-", f"{self.prefix(twin)}-"
        for name in [name for name in self.data if name.startswith(before)]:
            self.data.setlist(after + name.removeprefix(before), self.data.getlist(name))
        twin.parts = [self.copied(part) for part in node.parts]
        return twin

    @property
    def shape(self) -> str:
        return json.dumps(self.root.json())


def fresh_id() -> str:
    return f"r{secrets.token_hex(5)}"


def empty(name: str) -> Sheet:
    return Sheet(name, Node(fresh_id(), "group"), QueryDict(mutable=True))


def _node(raw: Any, depth: int) -> Node:
    if not isinstance(raw, dict) or depth > MOST_DEPTH:
        raise BadShape("node")
    node_id, kind, parts = raw.get("id"), raw.get("kind"), raw.get("parts", [])
    if not (isinstance(node_id, str) and _ID.match(node_id) and isinstance(kind, str)):
        raise BadShape("id")
    if not isinstance(parts, list):
        raise BadShape("parts")
    return Node(node_id, kind, [_node(part, depth + 1) for part in parts])


def _own(name: str, data: Mapping[str, Any]) -> QueryDict:
    """The entries of this builder alone."""
    found = QueryDict(mutable=True)
    listed = getattr(data, "getlist", None)
    for key in data:
        if key.startswith(f"{name}-"):
            found.setlist(key, listed(key) if listed else [data[key]])
    return found
