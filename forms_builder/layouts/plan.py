"""What one person gets of a form: items that they may fill in, those they may only read, and none that is hidden
from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from crm_config.definitions import FieldDef, TypeDef
from crm_config.field_types.base import CoerceContext, ValueRefused
from forms_builder.definitions import FormDef, ItemDef
from forms_builder.engine.plain import plain
from forms_builder.items.base import Place
from forms_builder.items.linked_field import target_of
from forms_builder.items.registry import ITEMS
from records.access.levels import HIDDEN, READ, WRITE
from records.errors import NotVisible
from records.forms.layouts import EDIT, NEW, Wanted
from records.forms.writable import may_write, of_new, reading
from records.selectors import RecordView, get

LINKED = "linked-"
MOST_PREFILLED = 500


@dataclass(frozen=True, eq=False)
class Asked:
    """An item with the field behind it. `name` is that of the form's field; `writable` whether this person may
    give it a value here."""

    item: ItemDef
    source: FieldDef
    field: FieldDef
    name: str
    writable: bool

    @cached_property
    def shown(self) -> FieldDef:
        """The field itself with the item's texts: what is required, the form says as it goes."""
        return replace(
            self.source,
            labels=self.field.labels,
            help=self.field.help,
            placeholder=self.field.placeholder,
            required=False,
        )


@dataclass
class Plan:
    """`wanted` says for what, by whom and of which record."""

    form: FormDef
    wanted: Wanted
    begun: set[str] = field(default_factory=set)

    @property
    def record(self) -> RecordView | None:
        return self.wanted.record

    @cached_property
    def context(self) -> CoerceContext:
        return reading(self.wanted.access)

    @cached_property
    def items(self) -> Mapping[str, Asked]:
        """By item's key, those with a value that this person may know."""
        found = {}
        for item in self.form.items.values():
            if (asked := self._asked(item)) is not None:
                found[item.key] = asked
        return found

    def _asked(self, item: ItemDef) -> Asked | None:
        kind = ITEMS.get(item.kind)
        place = Place(item, self.form, self.wanted.access.snapshot)
        f, source = (kind.field(place), kind.source(place)) if kind else (None, None)
        if f is None or source is None or item.kind not in ("field", "hidden", "linked_field"):
            return None
        if item.kind == "linked_field":
            return self._linked(item, f, source)
        level = self._level(source)
        if level == HIDDEN or (item.kind == "hidden" and level < WRITE):
            return None
        return Asked(item, source, f, source.key, level == WRITE)

    def _level(self, f: FieldDef) -> int:
        if self.record is not None:
            if f.key not in self.record.readable:
                return HIDDEN
            return WRITE if may_write(self.record, f) else READ
        if f.key in self._of_new:
            return WRITE
        return min(READ, self.wanted.access.level(self.wanted.type, f.key))

    @cached_property
    def _of_new(self) -> frozenset[str]:
        return frozenset(f.key for f in of_new(self.wanted.type, self.wanted.access))

    # -- linked records

    def _linked(self, item: ItemDef, f: FieldDef, source: FieldDef) -> Asked | None:
        """Who may not give the link a value may fill in nothing of a record that it would have to point at."""
        link = self.wanted.type.all_fields[str(item.options["link"])]
        level = self._level(link)
        target = self.target(link.key)
        if level == HIDDEN or target is None:
            return None
        is_file = source.type.group == "file"
        view = self.linked(link.key)
        if view is not None:
            if source.key not in view.readable:
                return None
            writable = may_write(view, source) and not is_file
        elif self.record is not None and self.record.links.get(link.key):
            # It points at what this person does not see: that stays so.
            return None
        else:
            access = self.wanted.access
            if access.level(target, source.key) == HIDDEN or not access.may("view", target):
                return None
            may_make = access.may("create", target) or access.may("change", target)
            may_write_it = access.level(target, source.key) == WRITE
            writable = level == WRITE and may_make and may_write_it and not is_file
        return Asked(item, source, f, f"{LINKED}{item.key}", writable)

    def target(self, link: str) -> TypeDef | None:
        return target_of(self.wanted.type, link, self.form, self.wanted.access.snapshot)

    @cached_property
    def _views(self) -> dict[str, RecordView | None]:
        return {}

    def linked(self, link: str) -> RecordView | None:
        """The one record that the field points at, as far as it is seen."""
        if link not in self._views:
            ids = self.record.value(link) if self.record and link in self.record.readable else None
            self._views[link] = self._view(ids[0]) if ids else None
        return self._views[link]

    def _view(self, pk: int) -> RecordView | None:
        try:
            return get(pk, access=self.wanted.access)
        except NotVisible:
            return None

    def view_of(self, asked: Asked) -> RecordView | None:
        """The record that holds the item's value, if there is one yet."""
        if asked.item.kind == "linked_field":
            return self.linked(str(asked.item.options["link"]))
        return self.record

    # -- what stands there at first

    def standing(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Canonical values by name: `values` are those of the record's own fields."""
        found = dict(values)
        for asked in self.items.values():
            if asked.item.kind == "linked_field":
                view = self.linked(str(asked.item.options["link"]))
                value = view.value(asked.source.key) if view is not None else None
                found |= {} if value is None else {asked.name: value}
        return found

    def beginning(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """What stands, with what the form begins with and what the address fills in. `begun` names what differs
        from what the record holds."""
        found = self.standing(values)
        for asked in self.items.values():
            given = self._given(asked, found)
            if given is not None and given != found.get(asked.name):
                found[asked.name] = given
                self.begun.add(asked.name)
        return found

    def _given(self, asked: Asked, standing: Mapping[str, Any]) -> Any:
        item, query = asked.item, self.wanted.query
        if not asked.writable:
            return None
        if item.prefill and (text := query.get(item.prefill)):
            value = self.read(asked.field, plain(str(text)[:MOST_PREFILLED]))
            if value is not None and asked.field.type.group != "file":
                return value
        handed = self.wanted.use in NEW and asked.name in query
        own = item.default is not None and not handed
        empty = self.wanted.use in NEW or asked.name not in standing
        if own and (item.kind == "hidden" or (empty and self.wanted.use != EDIT)):
            return self._default(asked.field)
        return None

    def _default(self, f: FieldDef) -> Any:
        try:
            return f.type.default(f, self.context)
        except ValueRefused:
            return None

    def read(self, f: FieldDef, raw: Any) -> Any:
        """None for what does not fit."""
        try:
            return f.type.coerce(f, raw, self.context)
        except ValueRefused:
            return None
