"""Who refers to whom, collected from a payload: what is used cannot be removed blindly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from string import Formatter
from typing import Any

from django.utils.translation import gettext as _

from crm_config.compiler import Draft
from crm_config.dependencies import direct_dependencies
from crm_config.sections import base as sections
from crm_config.sections.base import Path, Reference


def field_path(record_type: str, key: str) -> Path:
    return ("record_types", record_type, "fields", key)


def option_path(record_type: str, key: str, option: str) -> Path:
    """Of an option of a field; stages are those of the field `stage`."""
    return (*field_path(record_type, key), "choices", option)


def type_references(raw: Mapping[str, Any], draft: Draft) -> Iterator[Reference]:
    """What a record type and its fields refer to."""
    path: Path = ("record_types", raw["key"])
    mentions = {
        ("title_template", _("title")): [
            n for _t, n, _s, _c in Formatter().parse(raw.get("title_template", "")) if n
        ],
        ("columns", _("columns")): raw.get("columns", []),
        ("sort", _("sort")): [key.removeprefix("-") for key in raw.get("sort", [])],
    }
    definition = draft.snapshot.types[raw["key"]]
    for (part, how), keys in mentions.items():
        for key in keys:
            yield Reference(
                (*path, part), field_path(raw["key"], key), how, weak=definition.retired
            )
    for field in definition.fields.values():
        source = field_path(raw["key"], field.key)
        weak = definition.retired or field.retired
        for target in field.options.get("targets", ()):
            yield Reference(source, ("record_types", target), _("link"), weak=weak)
        for record_type, key in direct_dependencies(field, draft.snapshot.types):
            name = field_path(record_type, key)
            yield Reference(source, name, _("computed from it"), weak=weak)


def all_references(draft: Draft) -> Iterator[Reference]:
    for section in sections.all_sections():
        if section.key in draft.payload:
            yield from section.references(draft.payload[section.key], draft)


def where_used(target: Path, draft: Draft) -> list[Reference]:
    """What refers to the object at `target`, or to something inside it, from outside it."""
    return [
        reference
        for reference in all_references(draft)
        if reference.target[: len(target)] == target and reference.source[: len(target)] != target
    ]


def dangling(draft: Draft) -> Iterator[Reference]:
    """References whose target the payload does not hold, or holds as archived."""
    for reference in all_references(draft):
        if not exists(reference.target, draft, archived=reference.weak):
            yield reference


def exists(path: Path, draft: Draft, *, archived: bool = False) -> bool:
    """Whether the payload holds the object at `path` and uses it; with `archived`, or holds it as archived."""
    if path[0] != "record_types":
        return any(
            raw["key"] == path[1] and (archived or not raw.get("retired"))
            for raw in draft.payload.get(path[0], [])
        )
    record_type = draft.snapshot.types.get(path[1])
    if record_type is None or (record_type.retired and not archived):
        return False
    if len(path) < 4:
        return True
    field = record_type.all_fields.get(path[3]) or (
        record_type.fields.get(path[3]) if archived else None
    )
    if field is None:
        return False
    return len(path) < 6 or path[5] in field.choice_map
