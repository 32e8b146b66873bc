"""The form that places a file's columns: rows of selects over a mapping, read back as the mapping's JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.definitions import FieldDef, TypeDef
from crm_config.field_types import registry
from crm_config.field_types.base import Text
from crm_config.field_types.support import currencies
from records.access import Access
from records.imports import parts, rights
from records.imports.fitting import NO_KEYS, creation_key, findable, linked_types
from records.imports.mapping import ID, ColumnMap, ImportMapping
from records.imports.people import PEOPLE
from records.imports.profile import ColumnProfile, Profile

#: Empty rows offered at the end, for constants and columns that go to two fields.
SPARE = 2
WAYS = {
    "username": gettext_lazy("user name"),
    "email": gettext_lazy("e-mail"),
    "name": gettext_lazy("name"),
    ID: gettext_lazy("number in this system"),
}
ANY_WAY: Mapping[str, Any] = {
    "user": gettext_lazy("user name, e-mail or name"),
    "team": WAYS["name"],
}


@dataclass(frozen=True)
class Choice:
    value: str
    label: Text
    chosen: bool = False


@dataclass(frozen=True)
class Options:
    """What more can be said about a column, for the field that it goes to."""

    by: Sequence[Choice] = ()
    creates: str = ""
    create: bool = False
    currencies: Sequence[Choice] = ()

    def __bool__(self) -> bool:
        return bool(self.by or self.creates or self.currencies)


@dataclass(frozen=True)
class Line:
    """One row of the form. Without a `profile` it is a spare one, whose column is chosen too."""

    number: int
    profile: ColumnProfile | None
    column: ColumnMap | None
    options: Options
    examples: Sequence[str] = ()
    percent: int = 0
    corrections: Sequence[tuple[str, str]] = ()

    @property
    def field(self) -> str:
        return self.column.field if self.column else ""

    @property
    def shape(self) -> str:
        shape = self.profile.shape if self.profile else ""
        return str(registry.get(shape).label) if shape and shape != "object" else ""


@dataclass(frozen=True)
class Offer:
    """Fields that columns can go to, and what more can be said about each."""

    value: str
    label: str
    required: bool = False
    options: Options = field(default_factory=Options)


class ColumnsForm:
    def __init__(
        self, mapping: ImportMapping, profile: Profile, record_type: TypeDef, access: Access
    ) -> None:
        self.mapping = mapping
        self.profile = profile
        self.record_type = record_type
        self.access = access
        self.fields = {f.key: f for f in rights.fields(access, record_type)}

    # -- shown ----------------------------------------------------------------------------------

    def offers(self) -> list[Offer]:
        number = Offer(ID, str(_("Number in this system")))
        return [number, *(offer for f in self.fields.values() for offer in self._offers_of(f))]

    def _offers_of(self, f: FieldDef) -> Iterator[Offer]:
        for value, label in parts.targets(f):
            whole = value == f.key
            options = self.options(f, ColumnMap(value)) if whole else Options()
            yield Offer(value, label, required=whole and f.required, options=options)

    def lines(self) -> list[Line]:
        """Each column of the file once; then columns that go to a second field, constants, and spare rows."""
        waiting = list(self.mapping.columns)
        found: list[Line] = []
        for profile in self.profile.columns:
            column = next((c for c in waiting if c.column == profile.heading), None)
            if column is not None:
                waiting.remove(column)
            found.append(self._line(len(found), profile, column))
        for column in [*waiting, *[None] * SPARE]:
            found.append(self._line(len(found), None, column))
        return found

    def _line(self, number: int, profile: ColumnProfile | None, column: ColumnMap | None) -> Line:
        f = self.fields.get(column.key) if column else None
        options = self.options(f, column) if f and column and not column.part else Options()
        shown = [str(value) for value in profile.values[:3]] if profile else []
        return Line(
            number,
            profile,
            column,
            options,
            examples=shown,
            percent=round(100 * profile.filled / self.profile.rows) if profile else 0,
            corrections=[(k, "" if v is None else str(v)) for k, v in column.read_as.items()]
            if column
            else (),
        )

    def options(self, f: FieldDef, column: ColumnMap) -> Options:
        if f.type.key == "link":
            return self._link_options(f, column)
        if f.type.key in PEOPLE:
            usual = Choice("", ANY_WAY[f.type.key], not column.by)
            ways = [
                Choice(way, WAYS[way], column.by == (way,))
                for way in PEOPLE[f.type.key]
                if WAYS[way] != ANY_WAY[f.type.key]
            ]
            creates = str(f.type.label) if rights.administers(self.access) else ""
            return Options([usual, *ways], creates, column.create)
        if f.type.key == "money":
            allowed = f.type.option(f, "currencies") or currencies.known()
            base = self.access.snapshot.company.base_currency
            chosen = column.currency or base
            return Options(currencies=[Choice(code, code, code == chosen) for code in allowed])
        return Options()

    def _link_options(self, f: FieldDef, column: ColumnMap) -> Options:
        targets = linked_types(f, self.access)
        keys = {"title": str(_("title"))}
        for target in targets:
            keys |= {
                g.key: g.label
                for g in target.active
                if findable(g.key, target, self.access)
                and g.type.key in ("text", "email", "auto_number")
            }
        keys[ID] = str(WAYS[ID])
        by = column.by or ("title",)
        choices = [Choice(key, label, by == (key,)) for key, label in keys.items()]
        if len(by) > 1:
            label = _(", then ").join(keys.get(key, key) for key in by)
            choices.insert(0, Choice(",".join(by), label, chosen=True))
        may_make = targets and rights.may_import(self.access, targets[0])
        plain = targets and creation_key(column, targets[0]) is not None
        return Options(choices, targets[0].label if may_make and plain else "", column.create)

    def keys(self) -> list[Choice]:
        """What records can be found by."""
        found = [
            Choice(f.key, f.label, f.key in self.mapping.match)
            for f in self.record_type.active
            if f.type.key not in NO_KEYS and findable(f.key, self.record_type, self.access)
        ]
        return [*found, Choice(ID, str(WAYS[ID]), ID in self.mapping.match)]

    # -- read back ------------------------------------------------------------------------------

    def read(self, given: QueryDict) -> dict[str, Any]:
        """The mapping's JSON as the form says it; what the form does not show stays as it was."""
        raw = self.mapping.dump()
        raw["columns"] = [
            column for line in self.lines() if (column := self._read_line(line, given)) is not None
        ]
        raw["match"] = {"on": given.getlist("match"), "mode": given.get("mode", "create")}
        if raw["match"]["mode"] == "create":
            raw["match"]["on"] = []
        raw["empty"] = given.get("empty", "keep")
        raw["reading"] = {
            "date_order": given.get("date_order", self.mapping.date_order),
            "decimal_mark": given.get("decimal_mark", self.mapping.decimal_mark),
            "phone_region": given.get("phone_region", "").strip().upper(),
        }
        return raw

    def _read_line(self, line: Line, given: QueryDict) -> dict[str, Any] | None:
        target = given.get(f"field-{line.number}", "")
        if not target:
            return None
        column: dict[str, Any] = {"field": target, **self._source(line, given)}
        if by := given.get(f"by-{line.number}"):
            column["by"] = by.split(",")
        if given.get(f"create-{line.number}"):
            column["create"] = True
        if currency := given.get(f"currency-{line.number}"):
            column["currency"] = currency
        if line.column and line.column.field == target:
            forgotten = given.getlist(f"forget-{line.number}")
            kept = {k: v for k, v in line.column.read_as.items() if k not in forgotten}
            column |= {"read_as": kept} if kept else {}
        return self._fitting(column)

    def _source(self, line: Line, given: QueryDict) -> Mapping[str, Any]:
        if line.profile is not None:
            return {"column": line.profile.heading}
        source = given.get(f"source-{line.number}", "")
        return {"column": source} if source else {"value": given.get(f"value-{line.number}", "")}

    def _fitting(self, column: dict[str, Any]) -> dict[str, Any]:
        """Without what was said about the field that stood there before, where no script took it away."""
        f = self.fields.get(column["field"])
        kind = f.type.key if f else ""
        if kind not in ("link", *PEOPLE):
            column.pop("by", None)
            column.pop("create", None)
        if kind in PEOPLE and not set(column.get("by", ())) <= set(PEOPLE[kind]):
            column.pop("by")
        if kind != "money":
            column.pop("currency", None)
        return column
