"""A record's title, and the normalised texts that search and text conditions read."""

from typing import Any

from crm_config.definitions import TypeDef
from crm_config.norm import keeps_norm, norm_of, normalised

MAX_TITLE = 500


def title(record_type: TypeDef, values: dict[str, Any]) -> str:
    """From the type's template; empty where the template has none or all its fields are empty."""
    parts = {key: _text(record_type, key, values) for key in record_type.title_fields}
    if not any(parts.values()):
        return ""
    return " ".join(record_type.title_template.format_map(parts).split())[:MAX_TITLE]


def _text(record_type: TypeDef, key: str, values: dict[str, Any]) -> str:
    f, value = record_type.fields.get(key), values.get(key)
    if f is None or value is None or f.type.storage != "data":
        return ""
    if f.type.has_choices and not isinstance(value, tuple) and value in f.choice_map:
        return f.choice_map[value].labels.get("en") or f.choice_map[value].label
    return f.type.to_text(f, value)


def norm(record_type: TypeDef, values: dict[str, Any], shown_title: str) -> dict[str, str]:
    """By field key, the normalised text of what is searched or compared as text; the title under `title`."""
    texts = {"title": normalised(shown_title)} if shown_title else {}
    for f in record_type.fields.values():
        value = values.get(f.key)
        if value is not None and keeps_norm(f) and (text := norm_of(f, value)):
            texts[f.key] = text
    return texts
