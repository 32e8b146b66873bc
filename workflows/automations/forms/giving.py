"""Where the values that actions give come from, as the studio offers them: the record, what it links to, a formula, the
day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.definitions import FieldDef, Snapshot, TypeDef
from records.forms.giving_row import Group

#: Whose values are ids, which mean nothing to fields of other kinds.
PEOPLE = frozenset({"user", "team"})


class RecordSources:
    """`about` is the type of the record that the automation runs on."""

    formulas = True
    places: Sequence[tuple[str, Any]] = ()

    def __init__(self, about: TypeDef, snapshot: Snapshot) -> None:
        self.about, self.snapshot = about, snapshot
        # What is written as it is, is so in all languages.
        self.languages: Sequence[str] = snapshot.company.languages[:1]

    def groups(self, f: FieldDef) -> Sequence[Group]:
        found = [(label, self._fitting(f, fields)) for label, fields in self._read]
        if f.type.storage == "links" and self.about.key in f.options.get("targets", ()):
            found.insert(0, (gettext_lazy("The record itself"), [("from:id", self.about.label)]))
        return found

    @cached_property
    def _read(self) -> list[tuple[Any, list[tuple[str, FieldDef]]]]:
        """Its own fields, then those of the records that each link leads to."""
        own = _in_use(self.about)
        found: list[tuple[Any, list[tuple[str, FieldDef]]]] = [
            (gettext_lazy("Of the record"), [(f.key, f) for f in own])
        ]
        for link in (f for f in own if f.type.storage == "links"):
            there: dict[str, FieldDef] = {}
            for key in link.options.get("targets", ()):
                if (target := self.snapshot.types.get(key)) is not None:
                    there = {f"{link.key}.{f.key}": f for f in _in_use(target)} | there
            named = _("Of %(link)s") % {"link": link.label}
            found.append((named, list(there.items())))
        return found

    @staticmethod
    def _fitting(into: FieldDef, fields: Sequence[tuple[str, FieldDef]]) -> list[tuple[str, str]]:
        return [(f"from:{path}", f.label) for path, f in fields if _fits(into, f)]

    def raw(self, code: str) -> Any:
        return {"from": code.partition(":")[2]}

    def code(self, raw: Any) -> str:
        path = _said(raw, "from")
        return f"from:{path}" if isinstance(path, str) else ""

    def value(self, value: Any) -> Any:
        return {"value": value}

    def of_value(self, raw: Any) -> Any:
        return _said(raw, "value")

    def day(self, days: int) -> Any:
        return {"today": days}

    def days(self, raw: Any) -> int | None:
        days = _said(raw, "today")
        return days if isinstance(days, int) and not isinstance(days, bool) else None

    def texts(self, raw: Any) -> Mapping[str, str] | None:
        text = _said(raw, "value")
        return {self.languages[0]: text} if isinstance(text, str) else None

    def text(self, texts: Mapping[str, str]) -> Any:
        return {"value": texts[self.languages[0]]}

    def formula(self, text: str) -> Any:
        return {"formula": text}

    def of_formula(self, raw: Any) -> str:
        return str(_said(raw, "formula") or "")


def _in_use(record_type: TypeDef) -> list[FieldDef]:
    return [f for f in record_type.all_fields.values() if not f.retired]


def _said(raw: Any, name: str) -> Any:
    return raw[name] if isinstance(raw, Mapping) and list(raw) == [name] else None


def _fits(into: FieldDef, f: FieldDef) -> bool:
    """Whether a value of the one can stand in the other at all; the gate judges each."""
    if into.type.storage == "links" or f.type.storage == "links":
        same = set(into.options.get("targets", ())) & set(f.options.get("targets", ()))
        return into.type.storage == f.type.storage and bool(same)
    if into.type.group == "file" or f.type.group == "file":
        return into.type.group == f.type.group
    if {into.type.key, f.type.key} & PEOPLE:
        return into.type.key == f.type.key
    return True
