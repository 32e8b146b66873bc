"""One row of a table on a form: a record that stands there, or a new one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from crm_config.definitions import FieldDef
from records.forms.record import RecordForm
from records.gate import Refusal
from records.selectors import RecordView

if TYPE_CHECKING:
    from forms_builder.layouts.rows import Rows


class RowForm(RecordForm):
    """The cells of one row: a record's form under a name of its own."""

    def __init__(self, data: Any, *, name: str, **given: Any) -> None:
        super().__init__(data, **given)
        self.prefix = name


@dataclass(eq=False)
class Row:
    """`view` is the record that stands there; None for a new one."""

    rows: Rows
    name: str
    form: RowForm
    view: RecordView | None = None
    #: Somebody else changed a cell meanwhile.
    clashed: bool = False

    def refuse(self, refusals: Sequence[Refusal]) -> None:
        """At its cells. After a clash, saving again keeps what was typed here."""
        for refusal in refusals:
            key = refusal.field or ""
            if refusal.code == "conflict" and self.view is not None and key in self.view.readable:
                self.clashed = True
                now = self.view.display(key) or _("(empty)")
                message = _("It now says: %(value)s. Save again to keep yours.") % {"value": now}
                self.form.add_error(key if key in self.form.fields else None, message)
            elif refusal.code != "acknowledge":
                self.form.refuse([refusal])

    @property
    def gone(self) -> bool:
        """Whether it is to be taken away."""
        return bool(self.view and self.may_go and self.form.data.get(f"{self.name}-gone"))

    @property
    def may_go(self) -> bool:
        return self.view is not None and self.view.may("delete") and not self.view.archived

    @property
    def empty(self) -> bool:
        """Nothing was filled in. What a cell begins with counts for nothing."""
        return self.view is None and not (self.form.is_bound and self.form.has_changed())

    @property
    def version(self) -> int:
        """That is open in the form."""
        return self.rows.version_of(self)

    @property
    def cells(self) -> list[Cell]:
        return [Cell(f, self) for f in self.rows.columns.values()]

    @property
    def errors(self) -> list[str]:
        """What is about none of the cells."""
        return [str(error) for error in self.form.non_field_errors()] if self.form.is_bound else []


@dataclass(eq=False)
class Cell:
    field: FieldDef
    row: Row

    @property
    def bound(self) -> Any:
        return self.row.form[self.field.key] if self.field.key in self.row.form.fields else None

    @property
    def html(self) -> Any:
        view = self.row.view
        return view.render(self.field.key) if view and self.field.key in view.readable else ""
