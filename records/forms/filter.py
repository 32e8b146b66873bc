"""One part of a list's filter: a field, an operator that fits it, and what it is compared with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm_config.conditions.api import ConditionInvalid, parse
from crm_config.definitions import FieldDef, TypeDef
from crm_config.field_types.base import ValueRefused
from crm_config.operators.base import Operator
from records.access import Access
from records.forms.fields import Choices
from records.forms.operands import OPERANDS
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


class FilterForm(forms.Form):
    use_required_attribute = False
    op = forms.ChoiceField(label=_("How"))

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
        super().__init__(data)
        self.target, self.record_type, self.access = target, record_type, access
        operators = target.field.type.operators
        standing = (part or {}).get("op", "")
        wanted = (data or {}).get("op") or op or standing
        self.operator: Operator = operators.get(wanted) or next(iter(operators.values()))
        choices = [(key, operator.label) for key, operator in operators.items()]
        self.fields["op"] = forms.ChoiceField(choices=choices, initial=self.operator.key)
        self.asking = OPERANDS[self.operator.operand]
        self.fields.update(self.asking.fields(target.field, Choices(access)))
        if part and standing == self.operator.key:
            shown = self.asking.show(target.field, part.get("value"), reading(access))
            self.initial.update({k: v for k, v in shown.items() if v is not None})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            try:
                self.part = self._part(cleaned)
                parse(self.part, list_context(self.record_type, self.access))
            except ValueRefused as refused:
                self.add_error("value" if "value" in self.fields else None, str(refused.message))
            except ConditionInvalid as invalid:
                for problem in invalid.problems:
                    self.add_error(None, problem.message)
        return cleaned

    def _part(self, cleaned: Mapping[str, Any]) -> dict[str, Any]:
        part: dict[str, Any] = {"field": self.target.path, "op": self.operator.key}
        if self.operator.operand != "none":
            part["value"] = self.asking.read(self.target.field, cleaned, reading(self.access))
        return part
