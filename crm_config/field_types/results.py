"""Binding computed fields to the kind of value that comes out of them, across links."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from crm_config.definitions import FieldDef, OptionDef, TypeDef
from crm_config.dependencies import Name, is_reverse
from crm_config.field_types import registry

#: Options that say how a value is stored or shown; limits of the field it came from do not bind a result.
_KEPT = frozenset({"decimals", "max_length"})
_RATING_KEPT = _KEPT | {"max"}
Kind = tuple[str, dict[str, Any], tuple[OptionDef, ...]]
_PLAIN: Kind = ("text", {}, ())

#: What comes out of whole numbers and marks may be neither.
_AVERAGES: dict[str, Kind] = {
    "integer": ("decimal", {"decimals": 2}, ()),
    "rating": ("decimal", {"decimals": 2}, ()),
}
_SUMS: dict[str, Kind] = {"rating": ("integer", {}, ())}


def with_results(types: Mapping[str, TypeDef], base_currency: str) -> dict[str, TypeDef]:
    """The types, their computed fields bound to results, and their money told the base currency."""
    return {
        key: replace(
            record_type,
            fields=MappingProxyType(
                {f.key: _bound(f, types, base_currency) for f in record_type.fields.values()}
            ),
        )
        for key, record_type in types.items()
    }


def _bound(field: FieldDef, types: Mapping[str, TypeDef], base_currency: str) -> FieldDef:
    if field.type.key == "money":
        return replace(field, options={**field.options, "base_currency": base_currency})
    if field.type.key not in ("formula", "rollup", "lookup"):
        return field
    key, options, choices = result_kind(field, types)
    options = {
        **field.options,
        "result": {"type": key, "options": options},
        "base_currency": base_currency,
    }
    return replace(field, type=field.type.bound(options), options=options, choices=choices)


def result_kind(
    field: FieldDef, types: Mapping[str, TypeDef], seen: frozenset[Name] = frozenset()
) -> Kind:
    """Key of the field type, options and choices of what a field's values are.

    Where what it reads is missing, or leads back to itself, text: the checks report that apart.
    """
    name = (field.record_type, field.key)
    if name in seen:
        return _PLAIN
    if field.type.key == "formula":
        return *registry.get("formula").result_kind(field.options), ()  # type: ignore[attr-defined]
    if field.type.key == "rollup":
        return _rollup_kind(field, types, seen | {name})
    if field.type.key == "lookup":
        linked = linked_by(field, str(field.options.get("link", "")), types)
        return _first(linked, str(field.options.get("field", "")), types, seen | {name})
    return _own_kind(field)


def _own_kind(field: FieldDef) -> Kind:
    if field.type.key == "auto_number" or field.type.storage == "links":
        return _PLAIN
    kept = _RATING_KEPT if field.type.key == "rating" else _KEPT
    options = {key: value for key, value in field.options.items() if key in kept}
    return field.type.key, options, field.choices


def _rollup_kind(field: FieldDef, types: Mapping[str, TypeDef], seen: frozenset[Name]) -> Kind:
    function = field.options.get("function") or "count"
    if function == "count":
        return "integer", {}, ()
    linked = linked_by(field, str(field.options.get("relation", "")), types)
    key, options, choices = _first(linked, str(field.options.get("field") or ""), types, seen)
    if function == "average" and key in _AVERAGES:
        return _AVERAGES[key]
    if function == "sum" and key in _SUMS:
        return _SUMS[key]
    return key, options, choices


def linked_by(field: FieldDef, relation: str, types: Mapping[str, TypeDef]) -> Iterator[TypeDef]:
    """The record types at the end of a link of this type, or of the far side of a link to it."""
    own = types[field.record_type].fields.get(relation)
    if own is not None and own.type.key == "link":
        yield from (types[key] for key in own.options.get("targets", ()) if key in types)
        return
    for other in types.values():
        if any(is_reverse(link, relation, field.record_type) for link in other.active):
            yield other


def _first(
    linked: Iterator[TypeDef], key: str, types: Mapping[str, TypeDef], seen: frozenset[Name]
) -> Kind:
    for record_type in linked:
        if found := record_type.all_fields.get(key):
            return result_kind(found, types, seen)
    return _PLAIN
