"""The traits by key, and how a type is completed by those it takes."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Any

from crm_config.traits.base import Trait

#: One module each, with a `TRAIT`.
MODULES = ("person", "organisation", "activity", "deal", "case", "document", "document_line", "product")


@cache
def all_traits() -> Mapping[str, Trait]:
    traits = [import_module(f"crm_config.traits.{name}").TRAIT for name in MODULES]
    return {trait.key: trait for trait in traits}


def get(key: str) -> Trait:
    return all_traits()[key]


def complete(raw: Mapping[str, Any]) -> dict[str, Any]:
    """A type in payload form with the fields and sections that its traits bring and it does not have yet.
    The trait's stand first; what the type says itself of such a field wins, key by key."""
    completed: dict[str, Any] = dict(raw)
    own = {field["key"]: field for field in raw.get("fields", [])}
    sections = {section["key"]: section for section in raw.get("sections", [])}
    standard: dict[str, Any] = {}
    for key in raw.get("traits", []):
        trait = all_traits().get(key)
        if trait is None:
            continue
        for field in trait.fields:
            standard.setdefault(field["key"], {**field, **own.get(field["key"], {})})
        for section in trait.sections:
            sections.setdefault(section["key"], dict(section))
        completed["title_template"] = completed.get("title_template") or trait.title_template
    if all(key in own for key in standard):
        fields = list(raw.get("fields", []))
    else:
        fields = [*standard.values(), *(f for k, f in own.items() if k not in standard)]
    return {**completed, "fields": [dict(f) for f in fields], "sections": list(sections.values())}
