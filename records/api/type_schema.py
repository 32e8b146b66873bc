"""JSON Schema (2020-12) of a record type's `fields`, as one caller may read or write them."""

from __future__ import annotations

from typing import Any, Literal

from crm_config.definitions import FieldDef, TypeDef
from records.access import Access
from records.api.rendering import readable_keys

Purpose = Literal["read", "create", "change"]


def type_schema(record_type: TypeDef, access: Access, purpose: Purpose) -> dict[str, Any]:
    """`read` describes what comes back, `create` and `change` what may be sent."""
    fields = _fields(record_type, access, purpose)
    required = [f.key for f in fields if purpose == "read" or _needed(f, purpose)]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": record_type.label,
        "type": "object",
        "properties": {f.key: _property(f, required=_needed(f, purpose)) for f in fields},
        "required": required,
        "additionalProperties": False,
    }


def _fields(record_type: TypeDef, access: Access, purpose: Purpose) -> list[FieldDef]:
    readable = (record_type.field(key) for key in readable_keys(record_type, access))
    if purpose == "read":
        return list(readable)
    writable = access.writable(record_type)
    given = (f for f in readable if f.key in writable and f.editable)
    return [f for f in given if purpose == "create" or not f.readonly_after_creation]


def _needed(f: FieldDef, purpose: Purpose) -> bool:
    """A required field with a default may be left out. Records may lack what became required later."""
    return purpose == "create" and f.required and f.default is None


def _property(f: FieldDef, *, required: bool) -> dict[str, Any]:
    schema = f.type.json_schema(f)
    said = schema if required else {"anyOf": [schema, {"type": "null"}]}
    return {"title": f.label, **said}
