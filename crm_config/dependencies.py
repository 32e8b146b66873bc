"""What computed fields read: for access (who may not read an input may not read the result), for
recomputation, and for where-used."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from typing import Any

from crm_config.definitions import FieldDef, TypeDef

#: A field of a type.
Name = tuple[str, str]


def formula_paths(expression: str) -> frozenset[tuple[str, ...]]:
    """The fields an expression names: `("amount",)`, or `("company", "industry")` through a link."""
    try:
        tree = ast.parse(expression, mode="eval")
    except SyntaxError:
        return frozenset()
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    inner = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    paths: set[tuple[str, ...]] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and id(node) not in called | inner:
            paths.add((node.id,))
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            paths.add((node.value.id, node.attr))
    return frozenset(paths)


def direct_dependencies(field: FieldDef, types: Mapping[str, TypeDef]) -> frozenset[Name]:
    """The fields, of this type and of linked ones, that a computed field reads itself."""
    read = {"formula": _formula, "lookup": _lookup, "rollup": _rollup}.get(field.type.key)
    return frozenset(read(field, types)) if read else frozenset()


def _formula(field: FieldDef, types: Mapping[str, TypeDef]) -> Iterator[Name]:
    for path in formula_paths(str(field.options.get("expression", ""))):
        yield field.record_type, path[0]
        if len(path) == 2:
            yield from _targets(types, field.record_type, path[0], path[1])


def _lookup(field: FieldDef, types: Mapping[str, TypeDef]) -> Iterator[Name]:
    link = str(field.options.get("link", ""))
    yield field.record_type, link
    yield from _targets(types, field.record_type, link, str(field.options.get("field", "")))


def _rollup(field: FieldDef, types: Mapping[str, TypeDef]) -> Iterator[Name]:
    relation, summed = str(field.options.get("relation", "")), str(field.options.get("field") or "")
    read = {summed, *where_fields(field.options.get("where"))} - {""}
    own = types[field.record_type].fields.get(relation)
    if own is not None and own.type.key == "link":
        yield field.record_type, relation
        for key in read:
            yield from _targets(types, field.record_type, relation, key)
        return
    for other in types.values():
        for link in other.active:
            if is_reverse(link, relation, field.record_type):
                yield other.key, link.key
                yield from ((other.key, key) for key in read if key in other.all_fields)


def where_fields(raw: Any) -> Iterator[str]:
    """The keys that a condition without paths names."""
    if isinstance(raw, Mapping):
        if isinstance(raw.get("field"), str):
            yield raw["field"]
        for inner in raw.values():
            yield from where_fields(inner)
    elif isinstance(raw, list):
        for inner in raw:
            yield from where_fields(inner)


def _targets(types: Mapping[str, TypeDef], record_type: str, link: str, key: str) -> Iterator[Name]:
    found = types[record_type].fields.get(link)
    for target in found.options.get("targets", ()) if found else ():
        if target in types and key in types[target].all_fields:
            yield target, key


def reverse_key(link: FieldDef) -> str:
    """The key of a link's far side."""
    return str(link.options.get("reverse_key") or f"{link.record_type}_{link.key}")


def is_reverse(link: FieldDef, relation: str, record_type: str) -> bool:
    """Whether a field is a link to a type, whose far side has this key."""
    return (
        link.type.key == "link"
        and reverse_key(link) == relation
        and record_type in link.options.get("targets", ())
    )


def closures(types: Mapping[str, TypeDef]) -> Mapping[Name, frozenset[Name]]:
    """For each computed field, all that it reads, through other computed fields too."""
    direct = {
        (t.key, f.key): direct_dependencies(f, types)
        for t in types.values()
        for f in t.fields.values()
        if f.type.computed
    }

    def closure(name: Name, seen: frozenset[Name]) -> frozenset[Name]:
        fresh = direct.get(name, frozenset()) - seen
        return fresh.union(*(closure(n, seen | fresh) for n in fresh)) if fresh else fresh

    return {name: closure(name, frozenset({name})) for name in direct}


def cycles(types: Mapping[str, TypeDef]) -> Iterator[Name]:
    """The computed fields that read themselves."""
    direct = {
        (t.key, f.key): direct_dependencies(f, types)
        for t in types.values()
        for f in t.fields.values()
        if f.type.computed
    }
    for start, first in direct.items():
        seen: set[Name] = set()
        todo = list(first)
        while todo:
            name = todo.pop()
            if name == start:
                yield start
                break
            if name not in seen:
                seen.add(name)
                todo.extend(direct.get(name, ()))


def linked_types(link: FieldDef, types: Mapping[str, TypeDef]) -> list[TypeDef]:
    """The types that a link may point at."""
    return [types[key] for key in link.options.get("targets", ()) if key in types]
