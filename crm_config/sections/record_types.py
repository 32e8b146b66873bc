"""Record types with their sections, fields and options."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db import models

from crm_config import traits
from crm_config.checks.computed import check_computed
from crm_config.checks.record_types import check_cycles, check_type
from crm_config.compiler import Draft
from crm_config.models import Field, Option, RecordType, Section
from crm_config.problems import Problem
from crm_config.references import type_references
from crm_config.sections.base import ConfigSection, Reference

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
M = TypeVar("M", bound=models.Model)
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
        row = upsert(RecordType, {"key": raw["key"]}, raw, TYPE_FIELDS, replace=replace)
        sections = {}
        for order, section in enumerate(raw.get("sections", [])):
            sections[section["key"]] = upsert(
                Section,
                {"record_type": row, "key": section["key"]},
                {**section, "order": order},
                ("labels", "order"),
                replace=replace,
            )
        if not replace:
            sections = {s.key: s for s in row.sections.all()}
        start = 0 if replace else self._next_order(row)
        for order, field in enumerate(raw.get("fields", []), start=start):
            self._load_field(row, field, sections, order, replace=replace)
        if replace:
            row.sections.exclude(key__in=sections).delete()
            row.fields.exclude(key__in=[f["key"] for f in raw.get("fields", [])]).delete()

    def _next_order(self, row: RecordType) -> int:
        return (row.fields.aggregate(last=models.Max("order"))["last"] or 0) + 1

    def _load_field(
        self,
        row: RecordType,
        raw: dict[str, Any],
        sections: dict[str, Section],
        order: int,
        *,
        replace: bool,
    ) -> None:
        known = Field.objects.filter(record_type=row, key=raw["key"]).first()
        values: dict[str, Any] = {
            **raw,
            "order": order if replace or known is None else known.order,
        }
        if replace or "section" in raw or known is None:
            values["section"] = sections.get(raw.get("section", ""))
        field = upsert(
            Field,
            {"record_type": row, "key": raw["key"]},
            values,
            (*FIELD_FIELDS, "section", "order"),
            replace=replace,
        )
        for place, option in enumerate(raw.get("choices", [])):
            upsert(
                Option,
                {"field": field, "key": option["key"]},
                {**option, "order": place},
                (*OPTION_FIELDS, "order"),
                replace=replace,
            )
        if replace:
            field.choices.exclude(key__in=[o["key"] for o in raw.get("choices", [])]).delete()

    def check(self, part: Any, draft: Draft) -> Iterable[Problem]:
        for raw in part:
            yield from check_type(raw, draft)
        yield from check_cycles(draft)
        yield from check_computed(draft)

    def references(self, part: Any, draft: Draft) -> Iterable[Reference]:
        for raw in part:
            yield from type_references(raw, draft)


def _default_of(model: type[models.Model], name: str) -> Any:
    field = model._meta.get_field(name)
    return field.get_default() if isinstance(field, models.Field) else None


def upsert(
    model: type[M],
    where: dict[str, Any],
    raw: dict[str, Any],
    names: Iterable[str],
    *,
    replace: bool,
) -> M:
    """The row found by `where`, with the named values that `raw` gives; with `replace`, the others go back
    to their defaults."""
    row = model._default_manager.filter(**where).first() or model(**where)
    for name in names:
        if name in raw:
            setattr(row, name, raw[name])
        elif replace:
            setattr(row, name, _default_of(model, name))
    row.save()
    return row
