"""Record types: which there are, what they hold, and their JSON Schema."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from ninja import Query, Schema

from crm_config import labels
from crm_config.definitions import ACTIONS, FieldDef, TypeDef
from records.access import Access
from records.access.access import WRITE
from records.api.auth import caller_of
from records.api.openapi import refusing
from records.api.operations import type_named
from records.api.rendering import readable_keys
from records.api.routers import types as router
from records.api.schemas.types import TypeDetailOut, TypesOut
from records.api.type_schema import Purpose, type_schema
from records.selectors.lists import default_columns
from records.selectors.plain import target_keys
from records.selectors.related import relations

NOT_FOUND = refusing(HTTPStatus.NOT_FOUND)


class SchemaQuery(Schema):
    purpose: Purpose = "read"


@router.get("", response=TypesOut, url_name="types", summary="Record types")
def list_types(request: HttpRequest) -> dict[str, Any]:
    """The types that you may see, in the order of the menu."""
    access = caller_of(request).access
    return {"types": [_type(t, access) for t in access.visible_types()]}


@router.get(
    "/{type}",
    response=TypeDetailOut,
    url_name="type",
    summary="One record type with its fields",
    openapi_extra=NOT_FOUND,
)
def get_type(request: HttpRequest, type: str) -> dict[str, Any]:
    """Its fields, as far as you may read them, and what you may do with them."""
    access = caller_of(request).access
    record_type = type_named(type, access)
    keys = ["title", *readable_keys(record_type, access)]
    columns = access.shown(record_type, default_columns(record_type))
    return {
        **_type(record_type, access),
        "fields": [_field(f, record_type, access) for f in access.shown(record_type, keys)],
        "sections": [{"key": s.key, "label": s.label} for s in record_type.sections],
        "columns": [f.key for f in columns],
        "relations": _relations(record_type, access),
    }


@router.get(
    "/{type}/schema",
    response=dict[str, Any],
    url_name="schema",
    summary="JSON Schema of a type's records",
    openapi_extra=NOT_FOUND,
)
def get_schema(request: HttpRequest, type: str, query: Query[SchemaQuery]) -> dict[str, Any]:
    """Of `fields`: as they come back (`purpose=read`), or as they may be sent (`create`, `change`)."""
    access = caller_of(request).access
    return type_schema(type_named(type, access), access, query.purpose)


def _type(record_type: TypeDef, access: Access) -> dict[str, Any]:
    return {
        "key": record_type.key,
        "label": record_type.label,
        "plural": record_type.plural_label,
        "description": labels.text(record_type.description),
        "icon": record_type.icon,
        "colour": record_type.colour,
        "may": [action for action in ACTIONS if access.may(action, record_type)],
        "url": reverse("api:type", args=[record_type.key]),
    }


def _field(f: FieldDef, record_type: TypeDef, access: Access) -> dict[str, Any]:
    seen = {t.key for t in access.visible_types()}
    return {
        "key": f.key,
        "label": f.label,
        "help": labels.text(f.help),
        "type": f.type.key,
        "kind": f.type.kind,
        "section": f.section,
        "system": f.system,
        "writable": f.editable and access.level(record_type, f.key) == WRITE,
        "required": f.required,
        "unique": f.unique,
        "computed": f.type.computed,
        "readonly_after_creation": f.readonly_after_creation,
        "filterable": f.filterable,
        "sortable": f.type.can_sort
        and f.type.storage not in ("links", "long_data")
        and f.key in access.readable_everywhere(record_type),
        "searchable": f.searchable,
        "operators": list(f.type.operators),
        "options": [
            {"key": o.key, "label": o.label, "colour": o.colour, "retired": o.retired}
            for o in f.choices
        ],
        "targets": [key for key in target_keys(f) if key in seen],
        "multiple": bool(f.options.get("multiple")),
    }


def _relations(record_type: TypeDef, access: Access) -> list[dict[str, str]]:
    return [
        {"key": link.key, "label": link.label, "type": source.key, "field": link.field.key}
        for link, source in relations(record_type, access=access)
    ]
