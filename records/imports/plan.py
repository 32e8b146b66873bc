"""What one run needs to know for every chunk: put together once, when a job begins."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, cached_property

from crm_config.conditions.api import Condition, parse
from crm_config.definitions import FieldDef, TypeDef
from crm_config.field_types.base import CoerceContext
from records.access import Access
from records.imports.finding import RecordFinder
from records.imports.fitting import linked_types
from records.imports.keys import Key
from records.imports.mapping import ColumnMap, ImportMapping
from records.imports.people import FINDERS, PEOPLE, TeamFinder, UserFinder
from records.rates import rate_on
from records.selectors.conditions import list_context

AnyFinder = RecordFinder | UserFinder | TeamFinder


@dataclass(eq=False)
class Plan:
    """`repeats` maps a row's number to that of the row above with the same key; `own` counts, by a link
    column's target and the texts of its cells, the rows of the same file that these name; `promised` are
    the texts for which something is made, or would be; `values` keeps what was read of a cell."""

    mapping: ImportMapping
    record_type: TypeDef
    access: Access
    headings: tuple[str, ...]
    repeats: dict[int, int] = field(default_factory=dict)
    own: dict[str, dict[str, int]] = field(default_factory=dict)
    promised: dict[str, set[str]] = field(default_factory=dict)
    values: dict[tuple[str, str], object] = field(default_factory=dict)

    @cached_property
    def context(self) -> CoerceContext:
        """How raw values are read. Rates are asked for once per currency and day."""
        company = self.access.snapshot.company
        return CoerceContext(
            now=self.access.now,
            tz=self.access.tz,
            me=self.access.user_id,
            base_currency=company.base_currency,
            rate=cache(rate_on),
            date_order=self.mapping.date_order,  # type: ignore[arg-type]
            decimal_mark=self.mapping.decimal_mark,  # type: ignore[arg-type]
            phone_region=self.mapping.phone_region or None,
        )

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        return tuple(Key(self.record_type, key) for key in self.mapping.match)

    @cached_property
    def finders(self) -> dict[str, AnyFinder]:
        """By the column's target, for links, users and teams."""
        return {
            column.field: self._finder(column, f)
            for column in self.mapping.columns
            if (f := self.field_of(column)) is not None and f.type.key in ("link", *PEOPLE)
        }

    def _finder(self, column: ColumnMap, f: FieldDef) -> AnyFinder:
        if f.type.key in FINDERS:
            return FINDERS[f.type.key](column.by)
        return RecordFinder(linked_types(f, self.access), column.by, self.access, self.context)

    def field_of(self, column: ColumnMap) -> FieldDef | None:
        """None for the record's number."""
        return self.record_type.all_fields.get(column.key)

    def own_keys(self, column: ColumnMap) -> tuple[str, ...]:
        """What links to rows of the same file are found by; nothing for other columns."""
        f = self.field_of(column)
        if f is None or f.type.key != "link" or self.mapping.mode == "update":
            return ()
        inward = self.record_type.key in f.options.get("targets", ())
        return (column.by or ("title",)) if inward else ()

    @cached_property
    def remarks(self) -> dict[str, Condition]:
        context = list_context(self.record_type, self.access)
        return {remark.key: parse(remark.where, context) for remark in self.mapping.remarks}

    @cached_property
    def remarked(self) -> frozenset[str]:
        """The fields that remarks ask about."""
        paths = (path for each in self.remarks.values() for path in each.references())
        own = {
            path[3]
            for path in paths
            if path[:3] == ("record_types", self.record_type.key, "fields")
        }
        return frozenset(own | self.record_type.system.keys())
