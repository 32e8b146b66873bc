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
from crm_config.sections.rows import apply, sync

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
        for raw in map(traits.complete, part):
            if held.get(raw["key"]) != raw:
                self._load_type(raw, replace=replace)
        if replace:
            RecordType.objects.exclude(key__in=[raw["key"] for raw in part]).delete()

    def _load_type(self, raw: dict[str, Any], *, replace: bool) -> None:
        row = RecordType.objects.filter(key=raw["key"]).first() or RecordType(key=raw["key"])
        apply(row, raw, TYPE_FIELDS, replace=replace)
        row.save()
        sync(
            Section.objects.filter(record_type=row),
            [
                {**section, "record_type_id": row.pk, "order": order}
                for order, section in enumerate(raw.get("sections", []))
            ],
            by=("record_type_id", "key"),
            names=("labels", "order"),
            replace=replace,
        )
        self._load_fields(row, raw.get("fields", []), replace=replace)

    def _load_fields(
        self, row: RecordType, fields: Sequence[Mapping[str, Any]], *, replace: bool
    ) -> None:
        sections = dict(row.sections.values_list("key", "pk"))
        known = dict(row.fields.values_list("key", "order"))
        first = 0 if replace else max(known.values(), default=0) + 1

        def wanted(place: int, raw: Mapping[str, Any]) -> dict[str, Any]:
            values = {**raw, "record_type_id": row.pk}
            values["order"] = place if replace else known.get(raw["key"], place)
            values.pop("section", None)
            if replace or "section" in raw or raw["key"] not in known:
                values["section_id"] = sections.get(raw.get("section", ""))
            return values

        rows = sync(
            Field.objects.filter(record_type=row),
            [wanted(place, raw) for place, raw in enumerate(fields, start=first)],
            by=("record_type_id", "key"),
            names=(*FIELD_FIELDS, "section_id", "order"),
            replace=replace,
        )
        loaded = {raw["key"]: rows[row.pk, raw["key"]] for raw in fields}
        sync(
            Option.objects.filter(field__in=loaded.values()),
            [
                {**option, "field_id": loaded[raw["key"]].pk, "order": place}
                for raw in fields
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
