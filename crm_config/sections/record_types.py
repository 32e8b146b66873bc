"""Record types with their sections, fields and options."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import models

from crm_config import traits
from crm_config.checks.computed import check_computed
from crm_config.checks.record_types import check_cycles, check_type
from crm_config.compiler import Draft
from crm_config.models import Field, Option, RecordType, Section
from crm_config.problems import Problem
from crm_config.references import type_references
from crm_config.sections.base import ConfigSection, Reference
from crm_config.sections.rows import sync

TYPE_FIELDS = (
    "labels",
    "plural",
    "description",
    "icon",
    "colour",
    "title_template",
    "columns",
    "sort",
    "menu_group",
    "menu_order",
    "traits",
    "retired",
)
FIELD_FIELDS = (
    "labels",
    "type",
    "options",
    "help",
    "placeholder",
    "default",
    "required",
    "unique",
    "filterable",
    "sortable",
    "searchable",
    "personal",
    "readonly_after_creation",
    "retired",
)
OPTION_FIELDS = ("labels", "colour", "retired")


def compact(row: models.Model, names: Iterable[str]) -> dict[str, Any]:
    """The named attributes that differ from the model's defaults: payloads hold only what was said."""
    kept: dict[str, Any] = {}
    for name in names:
        value = getattr(row, name)
        field = row._meta.get_field(name)
        if isinstance(field, models.Field) and value != field.get_default():
            kept[name] = value
    return kept


def _by_place(rows: "models.QuerySet[Any]", name: str) -> dict[tuple[int, str], Any]:
    return {(pk, key): value for pk, key, value in rows.values_list("record_type", "key", name)}


class RecordTypeSection(ConfigSection):
    key = "record_types"

    def dump(self) -> list[dict[str, Any]]:
        rows = RecordType.objects.prefetch_related(
            "sections", "fields__section", "fields__choices"
        ).order_by("key")
        return [self._dump_type(row) for row in rows]

    def _dump_type(self, row: RecordType) -> dict[str, Any]:
        return {
            "key": row.key,
            **compact(row, TYPE_FIELDS),
            "sections": [{"key": s.key, "labels": s.labels} for s in row.sections.all()],
            "fields": [self._dump_field(f) for f in row.fields.all()],
        }

    def _dump_field(self, row: Field) -> dict[str, Any]:
        dumped = {"key": row.key, **compact(row, FIELD_FIELDS)}
        if row.section is not None:
            dumped["section"] = row.section.key
        if choices := [{"key": o.key, **compact(o, OPTION_FIELDS)} for o in row.choices.all()]:
            dumped["choices"] = choices
        return dumped

    def load(self, part: Any, *, replace: bool) -> None:
        held = {raw["key"]: raw for raw in self.dump()}
        types = [
            raw
            for raw in map(traits.complete, part)
            if held.get(raw["key"]) != {"sections": [], "fields": [], **raw}
        ]
        if types:
            self._load_types(types, replace=replace)
        if replace and held.keys() - {raw["key"] for raw in part}:
            RecordType.objects.exclude(key__in=[raw["key"] for raw in part]).delete()

    def _load_types(self, types: Sequence[Mapping[str, Any]], *, replace: bool) -> None:
        rows = sync(
            RecordType.objects.filter(key__in=[raw["key"] for raw in types]),
            types,
            by=("key",),
            names=TYPE_FIELDS,
            replace=replace,
        )
        placed = [(rows[raw["key"],].pk, raw) for raw in types]
        sync(
            Section.objects.filter(record_type__in=rows.values()),
            [
                {**section, "record_type_id": pk, "order": order}
                for pk, raw in placed
                for order, section in enumerate(raw.get("sections", []))
            ],
            by=("record_type_id", "key"),
            names=("labels", "order"),
            replace=replace,
        )
        self._load_fields(dict(placed), replace=replace)

    def _load_fields(self, types: Mapping[int, Mapping[str, Any]], *, replace: bool) -> None:
        """`types` are the payload's, by the primary keys of their rows."""
        sections = _by_place(Section.objects.filter(record_type__in=types), "pk")
        known = _by_place(Field.objects.filter(record_type__in=types), "order")

        def wanted(pk: int, place: int, raw: Mapping[str, Any]) -> dict[str, Any]:
            values = {**raw, "record_type_id": pk}
            values["order"] = place if replace else known.get((pk, raw["key"]), place)
            values.pop("section", None)
            if replace or "section" in raw or (pk, raw["key"]) not in known:
                values["section_id"] = sections.get((pk, raw.get("section", "")))
            return values

        def first(pk: int) -> int:
            return (
                0 if replace else max((o for at, o in known.items() if at[0] == pk), default=0) + 1
            )

        rows = sync(
            Field.objects.filter(record_type__in=types),
            [
                wanted(pk, place, field)
                for pk, raw in types.items()
                for place, field in enumerate(raw.get("fields", []), start=first(pk))
            ],
            by=("record_type_id", "key"),
            names=(*FIELD_FIELDS, "section_id", "order"),
            replace=replace,
        )
        self._load_options(
            {rows[pk, f["key"]].pk: f for pk, raw in types.items() for f in raw.get("fields", [])},
            replace=replace,
        )

    def _load_options(self, fields: Mapping[int, Mapping[str, Any]], *, replace: bool) -> None:
        """`fields` are the payload's, by the primary keys of their rows."""
        sync(
            Option.objects.filter(field__in=fields),
            [
                {**option, "field_id": pk, "order": place}
                for pk, raw in fields.items()
                for place, option in enumerate(raw.get("choices", []))
            ],
            by=("field_id", "key"),
            names=(*OPTION_FIELDS, "order"),
            replace=replace,
        )

    def check(self, part: Any, draft: Draft) -> Iterable[Problem]:
        for raw in part:
            yield from check_type(raw, draft)
        yield from check_cycles(draft)
        yield from check_computed(draft)

    def references(self, part: Any, draft: Draft) -> Iterable[Reference]:
        for raw in part:
            yield from type_references(raw, draft)
