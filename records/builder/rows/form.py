"""The operator and the value of a row, as a form that keeps quiet until it is asked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.forms import BoundField
from django.forms.utils import ErrorDict

from crm_config.definitions import FieldDef
from crm_config.field_types.base import ValueRefused
from crm_config.operators.base import Operator
from records.builder.rows.base import RowFault
from records.forms.operator import OperatorForm

if TYPE_CHECKING:
    from records.builder.desk import Desk


class RowForm(OperatorForm):
    """While somebody still builds, what is not filled in is no error: widgets are not marked as wrong."""

    judged = False

    def __init__(
        self,
        data: Any = None,
        *,
        desk: Desk,
        field: FieldDef,
        operators: Mapping[str, Operator],
        part: Mapping[str, Any] | None = None,
        prefix: str = "",
    ) -> None:
        super().__init__(
            data,
            field=field,
            operators=operators,
            choices=desk.choices,
            reading=desk.reading,
            part=part,
            prefix=prefix,
        )

    @property
    def errors(self) -> ErrorDict:
        return super().errors if self.judged else ErrorDict()

    def read(self) -> dict[str, Any]:
        """The operator and its value. Raises `RowFault`."""
        self.judged = True
        try:
            if not self.is_valid():
                raise RowFault(self._first_error())
            return self.said(self.cleaned_data)
        except ValueRefused as refused:
            raise RowFault(str(refused.message)) from refused
        finally:
            self.judged = False

    def _first_error(self) -> str:
        return next(str(error) for errors in self.errors.values() for error in errors)

    @property
    def html(self) -> str:
        """All its inputs."""
        return "".join(str(bound) for bound in self)

    @property
    def op_field(self) -> BoundField:
        return self["op"]

    @property
    def values(self) -> list[BoundField]:
        """The bound fields of the value."""
        return [bound for bound in self if bound.name != "op"]
