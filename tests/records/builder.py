"""Helpers of the builder's tests: a desk over the small company, and what a browser would post of its rows."""

import json
from typing import Any

from django.http import QueryDict

from crm_config.live import live
from crm_config.models import User
from records.access import Access
from records.builder.desk import Desk
from records.builder.load import load
from records.builder.sheet import Node, Sheet
from records.builder.submitted import submitted
from records.widgets.condition import tree


def desk(user: User, record_type: str = "organisation", purpose: str = "filter") -> Desk:
    return Desk(purpose, live().types[record_type], live(), Access.of(user))


def posted(raw: Any, at: Desk, *, name: str = "where") -> dict[str, Any]:
    """The rows of a condition as a browser with a script posts them."""
    sheet = load(raw, at, name=name)
    return {**entries(sheet, at), name: ""}


def entries(sheet: Sheet, at: Desk) -> dict[str, Any]:
    found: dict[str, Any] = dict(submitted(tree(sheet, at)))
    return {**found, f"{sheet.name}-shape": sheet.shape, f"{sheet.name}-mode": "rows"}


def query(data: dict[str, Any]) -> QueryDict:
    found = QueryDict(mutable=True)
    for name, values in data.items():
        found.setlist(name, values if isinstance(values, list) else [values])
    return found


def node(data: dict[str, Any], kind: str, *, name: str = "where") -> str:
    """The id of the first row of a kind."""
    return next(n.id for n in walk(shape(data, name=name)) if n.kind == kind)


def shape(data: dict[str, Any], *, name: str = "where") -> Node:
    return Sheet.read(name, query({f"{name}-shape": data[f"{name}-shape"]})).root


def walk(root: Node) -> list[Node]:
    return list(root.walk())


def dumped(raw: Any) -> str:
    return json.dumps(raw)
