"""Which records a link on a form offers, by title: on public forms those that the administrators declared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from crm_config.conditions.api import ConditionInvalid, Context, ruling
from crm_config.definitions import Snapshot, TypeDef
from crm_config.segments import find_named
from forms_builder.definitions import FormDef, ItemDef
from forms_builder.engine.fields import sources_of
from forms_builder.items.base import Place
from forms_builder.items.rows import columns
from records.access import Access
from records.selectors import Query, view_of, visible

#: A list that people can still read through.
MOST = 300


@dataclass
class Offers:
    """Asked once for each item, with the form's authority: that is what the administrators' `offer` grants."""

    form: FormDef
    access: Access
    _known: dict[str, Mapping[int, str]] = field(default_factory=dict)

    def of(self, item: ItemDef) -> Mapping[int, str] | None:
        """Titles by id; None where the item says nothing about it."""
        if item.options.get("offer") is None:
            return None
        if item.key not in self._known:
            self._known[item.key] = self._find(item)
        return self._known[item.key]

    def _find(self, item: ItemDef) -> Mapping[int, str]:
        found: dict[int, str] = {}
        for record_type in offered_types(item, self.form, self.access.snapshot):
            query = Query(record_type, where=item.options["offer"])
            try:
                rows = visible(query, access=self.access).order_by("title", "pk")[:MOST]
            except ConditionInvalid:
                continue
            found |= {row.pk: view_of(row, access=self.access).title for row in rows}
        return found


def offered_types(item: ItemDef, form: FormDef, snapshot: Snapshot) -> list[TypeDef]:
    """The types of the records that an item offers."""
    source: Any = sources_of(form, snapshot).get(item.key)
    fields = [source] if source else []
    if item.kind == "rows":
        fields = list(columns(Place(item, form, snapshot)).values())
    keys = [key for f in fields for key in f.options.get("targets", ())]
    return [snapshot.types[key] for key in dict.fromkeys(keys) if key in snapshot.types]


def context(snapshot: Snapshot, target: TypeDef) -> Context:
    """Which records are offered is a rule of the administrators."""
    return ruling(snapshot, target, find_segment=find_named(snapshot))
