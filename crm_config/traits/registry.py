"""The traits by key, and how a type is completed by those it takes."""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib import import_module
from typing import Any

from crm_config.traits.base import Trait

#: One module each, with a `TRAIT`.
MODULES = (
    "person",
    "organisation",
    "activity",
    "deal",
    "case",
    "document",
    "document_line",
    "product",
)


@cache
def all_traits() -> Mapping[str, Trait]:
    traits = [import_module(f"crm_config.traits.{name}").TRAIT for name in MODULES]
    return {trait.key: trait for trait in traits}


def get(key: str) -> Trait:
    return all_traits()[key]


def complete(raw: Mapping[str, Any]) -> dict[str, Any]:
    """A type in payload form with the fields and sections that its traits bring and it lacks.

    The trait's stand first. A pack may say of such a field only what differs (it then gives no `type`);
    that wins, key by key. A type that holds all of them whole stays as it is: what was taken away
    from it, such as a section, stays away.
    """
    taken = [all_traits()[key] for key in raw.get("traits", []) if key in all_traits()]
    own = {field["key"]: field for field in raw.get("fields", [])}
    if all("type" in own.get(key, {}) for trait in taken for key in trait.field_keys):
        return dict(raw)
    standard = _standard_fields(taken, own)
    sections = {s["key"]: dict(s) for trait in taken for s in trait.sections}
    sections |= {s["key"]: dict(s) for s in raw.get("sections", [])}
    titles = (raw.get("title_template"), *(trait.title_template for trait in taken))
    return {
        **raw,
        "title_template": next(filter(None, titles), ""),
        "fields": [*standard.values(), *(dict(f) for k, f in own.items() if k not in standard)],
        "sections": list(sections.values()),
    }


def _standard_fields(
    taken: Iterable[Trait], own: Mapping[str, Mapping[str, Any]]
) -> dict[str, dict[str, Any]]:
    """Where two traits bring a field of the same key, the first one's."""
    standard: dict[str, dict[str, Any]] = {}
    for field in (field for trait in taken for field in trait.fields):
        said = own.get(field["key"], {})
        whole = dict(said) if "type" in said else {**field, **said}
        standard.setdefault(field["key"], whole)
    return standard
