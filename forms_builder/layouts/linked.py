"""Fields of records that the form's record links to: changed where one stands there, else found by what matches, or
made. With the rights of whoever fills it in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from crm_config.conditions.api import ConditionInvalid
from crm_config.definitions import TypeDef
from crm_config.field_types.base import is_blank
from forms_builder.handling.matching import FILL, NEVER, OVERWRITE, same
from forms_builder.layouts.plan import Asked
from records.access import Access
from records.gate import Change, Refusal
from records.selectors import Query, RecordView, view_of, visible

if TYPE_CHECKING:
    from forms_builder.layouts.form import StaffForm


class Linked:
    def __init__(self, form: StaffForm) -> None:
        self.form, self.plan = form, form.plan

    @property
    def filled(self) -> Mapping[str, dict[str, Any]]:
        """By link, what was filled in of the record that it points at: of one that stands there, what differs."""
        found: dict[str, dict[str, Any]] = {}
        for asked in self.form.linked_items:
            value = self._value(asked)
            link = str(asked.item.options["link"])
            standing = self.plan.linked(link)
            differs = self.plan.read(asked.field, value) != self.form.standing.get(asked.name)
            if differs if standing is not None else not is_blank(value) and value is not False:
                found.setdefault(link, {})[asked.source.key] = value
        return found

    def _value(self, asked: Asked) -> Any:
        return getattr(self.form, "cleaned_data", {}).get(asked.name)

    def change(self, link: str, given: Mapping[str, Any], chosen: Any) -> Change | int | None:
        """What has to be written, or the record that is there already; None for nothing. `chosen` is what the link
        itself says on the form."""
        standing = self.plan.linked(link)
        if standing is not None and (chosen is None or list(chosen) == [standing.id]):
            return Change("change", id=standing.id, values=given, base_version=standing.version)
        target = self.plan.target(link)
        if target is None:
            return None
        said = self._said(link)
        found = self._seen(target, chosen[0]) if chosen else self._find(target, said, given)
        if found is None:
            if chosen:
                return None
            return Change("create", type=target.key, values={**said.get("set", {}), **given})
        wanted = _wanted(found, given, said.get("update", FILL))
        return Change("change", id=found.id, values=wanted) if wanted else found.id

    def _said(self, link: str) -> Mapping[str, Any]:
        links = self.form.form.handling.get("links", ())
        return next((each for each in links if each["link"] == link), {})

    @property
    def access(self) -> Access:
        return self.form.wanted.access

    def _seen(self, target: TypeDef, pk: int) -> RecordView | None:
        row = visible(Query(target), access=self.access).filter(pk=pk).first()
        return view_of(row, access=self.access) if row is not None else None

    def _find(
        self, target: TypeDef, said: Mapping[str, Any], given: Mapping[str, Any]
    ) -> RecordView | None:
        """Among the records that this person sees; by fields that they may read everywhere."""
        match = said.get("match", ())
        known = self.access.readable_everywhere(target)
        if not match or not all(key in given and key in known for key in match):
            return None
        leaves = []
        for key in match:
            value = self.plan.read(target.all_fields[key], given[key])
            if value is None:
                return None
            leaves.append(same(target, key, value))
        try:
            rows = visible(Query(target, where={"all": leaves}), access=self.access)
        except ConditionInvalid:
            return None
        row = rows.order_by("pk").first()
        return view_of(row, access=self.access) if row is not None else None

    def refuse(self, link: str, refusals: list[Refusal]) -> None:
        """At the items of the fields; the rest on top."""
        names = {
            asked.source.key: asked.name
            for asked in self.form.linked_items
            if asked.item.options["link"] == link
        }
        for refusal in refusals:
            name = names.get(refusal.field or "")
            self.form.add_error(name, str(refusal.message))


def _wanted(found: RecordView, given: Mapping[str, Any], update: str) -> dict[str, Any]:
    if update == NEVER:
        return {}
    if update == OVERWRITE:
        return dict(given)
    return {k: v for k, v in given.items() if k in found.readable and found.value(k) is None}
