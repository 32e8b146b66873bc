"""An operator that fits a field, and what it compares with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm_config.definitions import FieldDef
from crm_config.field_types.base import CoerceContext
from crm_config.operators.base import Operator
from records.forms.fields import Choices
from records.forms.operands import OPERANDS, keep_standing


class OperatorForm(forms.Form):
    """`part` is the comparison that stands already, as JSON; `op` the operator to show."""

    use_required_attribute = False
    op = forms.ChoiceField(label=_("How"))

    def __init__(
        self,
        data: Any = None,
        *,
        field: FieldDef,
        operators: Mapping[str, Operator],
        choices: Choices,
        reading: CoerceContext,
        part: Mapping[str, Any] | None = None,
        op: str = "",
        prefix: str | None = None,
    ) -> None:
        super().__init__(data, prefix=prefix)
        self.field, self.reading = field, reading
        standing = (part or {}).get("op", "")
        wanted = (data or {}).get(self.add_prefix("op")) or op or standing
        self.operator: Operator = operators.get(wanted) or next(iter(operators.values()))
        offered = [(key, operator.label) for key, operator in operators.items()]
        self.fields["op"] = forms.ChoiceField(
            label=_("How"), choices=offered, initial=self.operator.key
        )
        self.asking = OPERANDS[self.operator.operand]
        self.fields.update(self.asking.fields(field, choices))
        if part and standing == self.operator.key:
            shown = self.asking.show(field, part.get("value"), reading)
            self.initial.update({k: v for k, v in shown.items() if v is not None})
        keep_standing(self.fields, field, self._standing(), choices)

    def _standing(self) -> list[str]:
        """What was chosen, or stood there before."""
        if self.is_bound:
            name = self.add_prefix("value")
            listed = getattr(self.data, "getlist", None)
            return listed(name) if listed else [str(self.data.get(name, ""))]
        value = self.initial.get("value")
        return [str(each) for each in (value if isinstance(value, list) else [value])]

    def said(self, cleaned: Mapping[str, Any]) -> dict[str, Any]:
        """The operator and its value, as JSON. Raises `ValueRefused`."""
        said: dict[str, Any] = {"op": self.operator.key}
        if self.operator.operand != "none":
            said["value"] = self.asking.read(self.field, cleaned, self.reading)
        return said
