"""What a condition may name where it stands: fields, over links too, and relations. For screens that offer them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from crm_config.conditions import paths
from crm_config.conditions.contexts import GROUPS, Context
from crm_config.conditions.parse_related import COUNTING, ordering
from crm_config.conditions.paths import FieldPath, Relation, is_link
from crm_config.definitions import FieldDef
from crm_config.operators.base import Operator

#: Operators that compare with what moves along with the day.
RELATIVE = ("period",)


def path_in(text: str, context: Context) -> FieldPath | None:
    """The field that a path means here; None for one that does not exist, or not for the reader."""
    links = context.limits.links if context.follows else 0
    try:
        return paths.resolve(text, context.types, context.snapshot, context.readable, links=links)
    except LookupError:
        return None


def own_fields(context: Context) -> list[FieldDef]:
    """The fields of the records themselves that can be asked about, each key once, in the types' order."""
    found: dict[str, FieldDef] = {}
    for record_type in context.types:
        for f in (*record_type.active, *record_type.system.values()):
            if f.type.operators and context.readable(f):
                found.setdefault(f.key, f)
    return list(found.values())


def links_in(context: Context) -> list[FieldDef]:
    """The own links that a path may follow."""
    return [f for f in own_fields(context) if is_link(f)] if context.follows else []


def beyond(link: FieldDef, context: Context) -> Context | None:
    """The records that an own link leads to."""
    found = relation_in(link.key, context)
    return context.of(found.far) if found is not None and found.forward and found.far else None


def relation_in(key: str, context: Context) -> Relation | None:
    try:
        return paths.relation(key, context.types, context.snapshot, context.readable)
    except LookupError:
        return None


def relations_in(context: Context) -> list[Relation]:
    """Those of the types' own links, then the far sides of links that point here."""
    if "related" not in context.nodes or not context.follows:
        return []
    keys = dict.fromkeys((*(f.key for f in links_in(context)), *_pointing_here(context)))
    found = (relation_in(key, context) for key in keys)
    return [relation for relation in found if relation is not None and relation.far]


def _pointing_here(context: Context) -> Iterator[str]:
    for record_type in context.types:
        for link in context.snapshot.reverse_links.get(record_type.key, ()):
            if context.readable(link.field):
                yield link.key


def operators_in(path: FieldPath, context: Context) -> Mapping[str, Operator]:
    return _usable(path.field.type.operators, context)


def figure_operators(path: FieldPath, context: Context) -> Mapping[str, Operator]:
    """Those that a least, a greatest or a sum is compared by."""
    return _usable(ordering(path.field), context)


def counting_operators() -> Mapping[str, Operator]:
    return COUNTING


def _usable(operators: Mapping[str, Operator], context: Context) -> Mapping[str, Operator]:
    if "today" in context.dynamics:
        return operators
    return {key: o for key, o in operators.items() if o.operand not in RELATIVE}


def figures_in(far: Context, function: str) -> list[FieldDef]:
    """The fields of the related records that a figure can be over."""
    return [
        f
        for f in own_fields(far)
        if ordering(f) and (function != "sum" or f.type.numeric) and path_in(f.key, far) is not None
    ]


def before(context: Context) -> Context:
    """For what is asked of the record as it was: its own fields alone."""
    return replace(context, nodes=context.nodes & (GROUPS | {"field"}), follows=False)


def same_kind(one: FieldPath, other: FieldPath) -> bool:
    """Whether the two fields can be compared with each other."""
    return paths.kind(one.field) == paths.kind(other.field)
