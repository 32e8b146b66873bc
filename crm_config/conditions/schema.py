"""The JSON Schema of conditions. It tells the shape; which fields and operators fit, the parser does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crm_config.conditions.calendar import COUNTED, PERIODS
from crm_config.conditions.contexts import Context
from crm_config.conditions.dynamic import DAY_UNITS, DYNAMICS, INSTANT_UNITS
from crm_config.conditions.limits import LIMITS
from crm_config.conditions.parse_related import AGGREGATES, COUNTING, QUANTIFIERS

Schema = dict[str, Any]
PATH: Schema = {"type": "string", "pattern": r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*){0,2}$"}
OVER_LINKS: Schema = {"type": "string", "pattern": r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*){1,2}$"}
VALUE: Schema = {"$ref": "#/$defs/value"}


def json_schema(context: Context | None = None) -> Schema:
    """Of the whole language; with a context, of what may be used there, its own fields named."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Condition",
        "$ref": "#/$defs/condition",
        "$defs": definitions(context),
    }


def definitions(context: Context | None = None) -> Schema:
    """`condition` and what it refers to, to be put among the `$defs` of a larger schema."""
    return {
        "condition": {"oneOf": list(_shapes(context, "condition", _path(context)))},
        "related_condition": {"oneOf": list(_shapes(context, "related_condition", PATH))},
        "value": {
            "anyOf": [*_literals(), _dynamic(context), *_periods(), _object({"field": PATH})]
        },
    }


def _shapes(context: Context | None, name: str, path: Schema) -> Iterator[Schema]:
    """One per kind of node. `name` is the definition that inner nodes of the same record follow."""
    node: Schema = {"$ref": f"#/$defs/{name}"}
    nodes: Schema = {"type": "array", "items": node}
    comparison: Schema = {"field": path, "op": {"type": "string"}, "value": VALUE}
    shapes: Schema = {
        "all": _object({"all": nodes}),
        "any": _object({"any": nodes}),
        "not": _object({"not": node}),
        "field": _object(comparison, optional=("value",)),
        "related": {"oneOf": [_related(asked) for asked in (*QUANTIFIERS, *AGGREGATES)]},
        "segment": _object({"segment": {"type": "string"}}),
        "changed": _object({"changed": {"type": "string"}}),
        "changed_to": _object({"changed_to": node}),
        "was": _object({"was": node}),
    }
    return (shape for key, shape in shapes.items() if context is None or key in context.nodes)


def _object(properties: Schema, *, optional: tuple[str, ...] = ()) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": [key for key in properties if key not in optional],
        "additionalProperties": False,
    }


def _path(context: Context | None) -> Schema:
    """The fields by name; paths over links by their shape."""
    if context is None:
        return PATH
    fields = {f.key for t in context.types for f in t.all_fields.values() if context.readable(f)}
    own: Schema = {"enum": sorted(fields)}
    return {"anyOf": [own, OVER_LINKS]} if context.follows else own


def _related(asked: str) -> Schema:
    value: Schema = {"const": True}
    if asked in AGGREGATES:
        value = _figure(counts=asked == "count")
    where: Schema = {"$ref": "#/$defs/related_condition"}
    properties: Schema = {"related": {"type": "string"}, "where": where, asked: value}
    return _object(properties, optional=() if asked == "all" else ("where",))


def _figure(*, counts: bool) -> Schema:
    if counts:
        return _object({"op": {"enum": sorted(COUNTING)}, "value": VALUE})
    return _object({"field": {"type": "string"}, "op": {"type": "string"}, "value": VALUE})


def _literals() -> Iterator[Schema]:
    """An amount of money is an object too; its keys tell it from the others."""
    yield {
        "type": ["string", "number", "boolean"],
        "description": f"A period is one of {', '.join(PERIODS)}.",
    }
    yield _object({"amount": {"type": ["string", "number"]}, "currency": {"type": "string"}})
    yield {"type": "array", "items": VALUE, "minItems": 1, "maxItems": LIMITS.values}


def _dynamic(context: Context | None) -> Schema:
    units = {unit: {"type": "integer"} for unit in (*INSTANT_UNITS, *DAY_UNITS)}
    added: Schema = {"type": "object", "properties": units, "additionalProperties": False}
    known = sorted(DYNAMICS if context is None else context.dynamics)
    return _object({"dynamic": {"enum": known}, "add": added}, optional=("add",))


def _periods() -> Iterator[Schema]:
    return (_object({key: {"type": "integer", "minimum": 1}}) for key in COUNTED)
