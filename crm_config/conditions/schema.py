"""The JSON Schema of conditions. It tells the shape; which fields and operators fit, the parser does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from crm_config.conditions.calendar import COUNTED, PERIODS
from crm_config.conditions.contexts import Context
from crm_config.conditions.dynamic import DAY_UNITS, INSTANT_UNITS
from crm_config.conditions.limits import LIMITS
from crm_config.conditions.parse_related import AGGREGATES, COUNTING, QUANTIFIERS

Schema = dict[str, Any]
#: A condition inside a condition. The definitions stand beside each other under `$defs`.
NODE: Schema = {"$ref": "#/$defs/condition"}
PATH: Schema = {"type": "string", "pattern": r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*){0,2}$"}


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
        "condition": {"oneOf": [shape for _key, shape in _shapes(context)]},
        "value": {"oneOf": [*_literals(), _dynamic(context), _period(), _other_field()]},
    }


def _shapes(context: Context | None) -> Iterator[tuple[str, Schema]]:
    shapes: Schema = {
        "all": _object({"all": {"type": "array", "items": NODE}}),
        "any": _object({"any": {"type": "array", "items": NODE}}),
        "not": _object({"not": NODE}),
        "field": _object(
            {"field": _path(context), "op": {"type": "string"}, "value": {"$ref": "#/$defs/value"}},
            optional=("value",),
        ),
        "related": {"oneOf": [_related(key) for key in (*QUANTIFIERS, *AGGREGATES)]},
        "segment": _object({"segment": {"type": "string"}}),
        "changed": _object({"changed": {"type": "string"}}),
        "changed_to": _object({"changed_to": NODE}),
        "was": _object({"was": NODE}),
    }
    return ((k, v) for k, v in shapes.items() if context is None or k in context.nodes)


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
    if not context.follows:
        return own
    return {"anyOf": [own, {**PATH, "pattern": r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*){1,2}$"}]}


def _related(asked: str) -> Schema:
    value: Schema = {"const": True}
    if asked in AGGREGATES:
        value = _figure(counts=asked == "count")
    properties = {"related": {"type": "string"}, "where": NODE, asked: value}
    return _object(properties, optional=() if asked == "all" else ("where",))


def _figure(*, counts: bool) -> Schema:
    properties: Schema = {
        "field": {"type": "string"},
        "op": {"type": "string"},
        "value": {"$ref": "#/$defs/value"},
    }
    if counts:
        del properties["field"]
        properties["op"] = {"enum": sorted(COUNTING)}
    return _object(properties)


def _literals() -> list[Schema]:
    """An amount of money is an object too; its keys tell it from the others."""
    one: Schema = {"type": ["string", "number", "boolean"]}
    money = _object({"amount": {"type": ["string", "number"]}, "currency": {"type": "string"}})
    item: Schema = {"$ref": "#/$defs/value"}
    return [one, money, {"type": "array", "items": item, "maxItems": LIMITS.values}]


def _dynamic(context: Context | None) -> Schema:
    units = {unit: {"type": "integer"} for unit in (*INSTANT_UNITS, *DAY_UNITS)}
    known: Schema = {"type": "string"}
    if context is not None:
        known = {"enum": sorted(context.dynamics)}
    added: Schema = {"type": "object", "properties": units, "additionalProperties": False}
    return _object({"dynamic": known, "add": added}, optional=("add",))


def _period() -> Schema:
    counted = [_object({key: {"type": "integer", "minimum": 1}}) for key in COUNTED]
    return {"anyOf": counted, "description": f"Or one of: {', '.join(PERIODS)}."}


def _other_field() -> Schema:
    return _object({"field": PATH})
