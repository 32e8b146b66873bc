"""One part of a list's filter: a field, an operator that fits it, and what it is compared with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from crm_config.conditions.api import ConditionInvalid, parse
from crm_config.definitions import FieldDef, TypeDef
from crm_config.field_types.base import ValueRefused
from records.access import Access
from records.forms.fields import Choices
from records.forms.operator import OperatorForm
from records.forms.writable import reading
from records.selectors.conditions import list_context


@dataclass(frozen=True)
class Target:
    """A field that lists may be filtered by: the type's own, or one over a link."""

    path: str
    label: str
    field: FieldDef


def targets(record_type: TypeDef, *, access: Access) -> list[Target]:
    """One's own fields first, then those of linked records."""
    own = [Target(f.key, f.label, f) for f in _filterable(record_type, access)]
    return [*own, *_over_links(record_type, access)]


def _over_links(record_type: TypeDef, access: Access) -> Iterator[Target]:
    types = access.snapshot.types
    for link in _filterable(record_type, access):
        aims = link.options.get("targets", ()) if link.type.key == "link" else ()
        seen: set[str] = set()
        for aim in (types[key] for key in aims if key in types and access.may("view", types[key])):
            for f in _filterable(aim, access):
                if f.key not in seen:
                    seen.add(f.key)
                    yield Target(f"{link.key}.{f.key}", f"{link.label} › {f.label}", f)


def _filterable(record_type: TypeDef, access: Access) -> list[FieldDef]:
    """Links are rows of their own, always found by an index."""
    readable = access.readable(record_type)
    own = (*record_type.active, *record_type.system.values())
    return [
        f
        for f in own
        if f.key in readable and f.type.operators and (f.filterable or f.type.key == "link")
    ]


class FilterForm(OperatorForm):
    def __init__(
        self,
        data: Any = None,
        *,
        target: Target,
        record_type: TypeDef,
        access: Access,
        part: Mapping[str, Any] | None = None,
        op: str = "",
    ) -> None:
        """`part` is the filter that stands already; `op` the operator to show."""
        super().__init__(
            data,
            field=target.field,
            operators=target.field.type.operators,
            choices=Choices(access),
            reading=reading(access),
            part=part,
            op=op,
        )
        self.target, self.record_type, self.access = target, record_type, access

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            try:
                self.part = {"field": self.target.path, **self.said(cleaned)}
                parse(self.part, list_context(self.record_type, self.access))
            except ValueRefused as refused:
                self.add_error("value" if "value" in self.fields else None, str(refused.message))
            except ConditionInvalid as invalid:
                for problem in invalid.problems:
                    self.add_error(None, problem.message)
        return cleaned
