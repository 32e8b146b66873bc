"""The JSON Schema of the payload, which is the pack format; published in `docs/pack.schema.json`."""

from collections.abc import Mapping
from typing import Any

from jsonschema import Draft202012Validator

from crm_config.definitions import ACTIONS, FIELD_ACCESS, SCOPES
from crm_config.field_types import registry
from crm_config.problems import Problem
from crm_config.segments import KINDS

KEY = {"type": "string", "pattern": "^[a-z][a-z0-9]*(_[a-z0-9]+)*_?$", "maxLength": 50}
LABELS = {
    "type": "object",
    "description": "A text per language code.",
    "additionalProperties": {"type": "string", "maxLength": 2000},
}
KEYS = {"type": "array", "items": {"type": "string", "maxLength": 101}}
FLAG = {"type": "boolean"}
SHORT = {"type": "string", "maxLength": 200}


def strict(properties: Mapping[str, Any], *required: str, **more: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": dict(properties),
        "required": list(required),
        **more,
    }


def objects(item: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": item}


OPTION = strict({"key": KEY, "labels": LABELS, "colour": SHORT, "retired": FLAG}, "key")
SECTION = strict({"key": KEY, "labels": LABELS}, "key", "labels")
GRANT = strict(
    {
        "type": KEY,
        "action": {"enum": list(ACTIONS)},
        "scope": {"enum": list(SCOPES)},
        "condition": {"type": "object"},
    },
    "type",
    "action",
    "scope",
)
FIELD_GRANT = strict(
    {"type": KEY, "field": KEY, "access": {"enum": list(FIELD_ACCESS)}}, "type", "field", "access"
)
ROLE = strict(
    {
        "key": KEY,
        "labels": LABELS,
        "administers": FLAG,
        "grants": objects(GRANT),
        "fields": objects(FIELD_GRANT),
    },
    "key",
)
SEGMENT = strict(
    {
        "key": KEY,
        "labels": LABELS,
        "description": LABELS,
        "type": KEY,
        "kind": {"enum": list(KINDS)},
        "condition": {"type": "object"},
        "roles": KEYS,
        "keepers": KEYS,
        "tracks": FLAG,
        "retired": FLAG,
    },
    "key",
    "type",
)
COMPANY = strict(
    {
        "name": SHORT,
        "time_zone": SHORT,
        "base_currency": {"type": "string", "pattern": "^[A-Z]{3}$"},
        "languages": KEYS,
        "two_person": FLAG,
    }
)
PACK = strict(
    {"key": KEY, "labels": LABELS, "version": SHORT, "requires": KEYS},
    "key",
    description="Only in packs: what the pack is called and which packs it builds on.",
)


def field_schema() -> dict[str, Any]:
    return strict(
        {
            "key": KEY,
            "type": {"enum": sorted(registry.all_types())},
            "labels": LABELS,
            "help": LABELS,
            "placeholder": LABELS,
            "section": KEY,
            "options": {"type": "object"},
            "choices": objects(OPTION),
            "default": True,
            **dict.fromkeys(
                (
                    "required",
                    "unique",
                    "filterable",
                    "sortable",
                    "searchable",
                    "personal",
                    "readonly_after_creation",
                    "retired",
                ),
                FLAG,
            ),
        },
        "key",
    )


def record_type_schema() -> dict[str, Any]:
    return strict(
        {
            "key": KEY,
            "labels": LABELS,
            "plural": LABELS,
            "description": LABELS,
            "icon": SHORT,
            "colour": SHORT,
            "title_template": SHORT,
            "columns": KEYS,
            "sort": KEYS,
            "menu_group": SHORT,
            "menu_order": {"type": "integer", "minimum": 0, "maximum": 32767},
            "traits": KEYS,
            "retired": FLAG,
            "sections": objects(SECTION),
            "fields": objects(field_schema()),
        },
        "key",
    )


def payload_schema() -> dict[str, Any]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Relata pack",
        "description": "The configuration of a company, whole or in part: a published version, or a pack.",
        **strict(
            {
                "format": {"const": 1},
                "pack": PACK,
                "company": COMPANY,
                "record_types": objects(record_type_schema()),
                "roles": objects(ROLE),
                "segments": objects(SEGMENT),
                **_registered,
            },
            "format",
        ),
    }


_registered: dict[str, Any] = {}


def register(section: str, schema: Mapping[str, Any]) -> None:
    """Higher apps give the shape of their sections here, in `AppConfig.ready()`."""
    _registered[section] = dict(schema)


def check_shape(payload: Any) -> list[Problem]:
    """What in a payload does not have the shape of the format; empty when it has."""
    validator = Draft202012Validator(payload_schema())
    return [
        Problem(tuple(_place(payload, error.absolute_path)), error.message)
        for error in validator.iter_errors(payload)
    ]


def _place(payload: Any, path: Any) -> list[str]:
    """Positions in lists told by the key that stands there."""
    place: list[str] = []
    at = payload
    for step in path:
        at = at[step]
        place.append(
            str(at.get("key", step))
            if isinstance(step, int) and isinstance(at, Mapping)
            else str(step)
        )
    return place
