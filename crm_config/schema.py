"""The JSON Schema of the payload, which is the pack format; published in `docs/pack.schema.json`."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator

from crm_config.conditions.schema import definitions
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
#: Its shape is one of `$defs`; which fields and operators fit, the check of the whole says.
CONDITION = {"$ref": "#/$defs/condition"}
GRANT = strict(
    {
        "type": KEY,
        "action": {"enum": list(ACTIONS)},
        "scope": {"enum": list(SCOPES)},
        "condition": CONDITION,
    },
    "type",
    "action",
    "scope",
)
FIELD_GRANT = strict(
    {"type": KEY, "field": KEY, "access": {"enum": list(FIELD_ACCESS)}, "condition": CONDITION},
    "type",
    "field",
    "access",
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
        "columns": KEYS,
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
        "$defs": definitions(),
    }


_registered: dict[str, Any] = {}


def register(section: str, schema: Mapping[str, Any]) -> None:
    """Higher apps give the shape of their sections here, in `AppConfig.ready()`."""
    _registered[section] = dict(schema)
    _validator.cache_clear()
    _fine.clear()


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(payload_schema())


def check_shape(payload: Any) -> list[Problem]:
    """What in a payload does not have the shape of the format; empty when it has."""
    if not isinstance(payload, Mapping):
        return _wrong(payload, payload, _validator().schema, ())
    lists = {name: part for name, part in payload.items() if _is_list(name, part)}
    frame = {name: [] if name in lists else part for name, part in payload.items()}
    found = _wrong(payload, frame, _validator().schema, ())
    for name, parts in lists.items():
        schema = _validator().schema["properties"][name]["items"]
        for place, part in enumerate(parts):
            found += _wrong_in_part(payload, part, schema, (name, place))
    return found


def _is_list(name: Any, part: Any) -> bool:
    """Whether all that is asked of the section is asked of each of its parts."""
    asked = _validator().schema["properties"].get(name, {})
    return isinstance(part, list) and asked.keys() - {"description"} == {"type", "items"}


#: Parts that were looked at and found right, by section and content: of a configuration that is published, hardly
#: any differs from the last time, and to look at all takes longer than all else.
_fine: dict[tuple[Any, bytes], None] = {}
MOST_KEPT = 20_000


def _wrong_in_part(
    payload: Any, part: Any, schema: Mapping[str, Any], path: tuple[Any, ...]
) -> list[Problem]:
    content = _content(part)
    if content and (path[0], content) in _fine:
        return []
    found = _wrong(payload, part, schema, path)
    if content and not found:
        if len(_fine) >= MOST_KEPT:
            _fine.clear()
        _fine[path[0], content] = None
    return found


def _content(part: Any) -> bytes | None:
    """Short for what it holds; None, where that is nothing a file could hold."""
    try:
        return hashlib.sha256(json.dumps(part).encode()).digest()
    except (TypeError, ValueError):
        return None


def _wrong(
    payload: Any, part: Any, schema: Mapping[str, Any], path: tuple[Any, ...]
) -> list[Problem]:
    wrong = [
        Problem(tuple(_place(payload, (*path, *error.absolute_path))), error.message)
        for error in _validator().descend(part, schema)
    ]
    no_text = _("A text holds a character that no database keeps (NUL, or half of a pair).")
    return wrong + [
        Problem(tuple(_place(payload, place)), no_text) for place in _unstorable(part, path)
    ]


def _unstorable(part: Any, path: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    """Where a key or a text cannot be stored."""
    if isinstance(part, Mapping):
        for key, value in part.items():
            if _broken(key):
                yield path
            else:
                yield from _unstorable(value, (*path, key))
    elif isinstance(part, list):
        for place, value in enumerate(part):
            yield from _unstorable(value, (*path, place))
    elif isinstance(part, str) and _broken(part):
        yield path


_broken = re.compile("[\0\ud800-\udfff]").search


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
