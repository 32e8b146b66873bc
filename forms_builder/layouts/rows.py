"""Records that link to the form's record, in a table: those that stand there, and new ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from crm_config import labels
from crm_config.definitions import FieldDef, TypeDef
from crm_config.field_types.base import REQUIRED_MESSAGE, is_blank
from forms_builder.definitions import ItemDef
from forms_builder.items.base import Place
from forms_builder.items.rows import MOST, columns, row_type
from forms_builder.layouts.plan import Plan
from forms_builder.layouts.row import Row, RowForm
from records.access.levels import HIDDEN, WRITE
from records.forms.fields import Choices
from records.forms.record import PREFIX
from records.forms.writable import may_write, of_new
from records.gate import Change
from records.selectors import Query, RecordView, views_of, visible

#: So many empty rows wait where no script can add one.
SPARE = 3


@dataclass(eq=False)
class Rows:
    item: ItemDef
    type: TypeDef
    link: str
    columns: Mapping[str, FieldDef]
    plan: Plan
    data: Any
    choices: Choices
    may_add: bool
    standing: list[RecordView] = field(default_factory=list)
    #: More stand there than are shown.
    more: bool = False

    @property
    def name(self) -> str:
        return f"{PREFIX}-rows-{self.item.key}"

    @property
    def label(self) -> str:
        return labels.text(self.item.labels, default=self.type.plural_label)

    @property
    def help(self) -> str:
        return labels.text(self.item.help)

    def option(self, key: str, default: Any = None) -> Any:
        return self.item.options.get(key, default)

    @property
    def most(self) -> int:
        return int(self.option("most", MOST))

    @cached_property
    def rows(self) -> list[Row]:
        old = [self._row(f"{self.name}-r{view.id}", view) for view in self.standing]
        sent = self._sent()
        new = [self._row(f"{self.name}-{n}") for n in range(sent)] if self.may_add else []
        return [*old, *new]

    def _sent(self) -> int:
        """How many new rows: as many as were sent, or what the form begins with."""
        if self.data is None:
            least = int(self.option("least", 0)) - len(self.standing)
            return max(least, 0 if self.standing else 1)
        text = str(self.data.get(f"{self.name}-rows", ""))
        return min(int(text), self.most + 1) if text.isascii() and text.isdigit() else 0

    @property
    def count(self) -> int:
        """Of new rows."""
        return len(self.rows) - len(self.standing)

    @property
    def count_with_spare(self) -> int:
        return self.count + SPARE

    @property
    def spare(self) -> list[Row]:
        """For pages without scripts."""
        if not self.may_add:
            return []
        return [self._row(f"{self.name}-{n}") for n in range(self.count, self.count + SPARE)]

    @property
    def blank(self) -> Row:
        """That a script copies."""
        return self._row(f"{self.name}-__n__", data=None)

    def _row(self, name: str, view: RecordView | None = None, **more: Any) -> Row:
        data = more.get("data", self.data)
        if view is not None and data is not None and f"{name}-version" not in data:
            # Somebody added it meanwhile: nothing was sent of it, which must not empty it.
            data = None
        if view is None:
            allowed = {f.key for f in of_new(self.type, self.plan.wanted.access)}
            fields = [f for key, f in self.columns.items() if key in allowed]
            values: dict[str, Any] = {}
            for f in fields:
                values[f.key] = f.type.default(f, self.plan.context)
        else:
            open_ = not self.item.readonly
            fields = [f for f in self.columns.values() if open_ and may_write(view, f)]
            values = {key: view.value(key) for key in self.columns if key in view.readable}
        form = RowForm(
            data,
            name=name,
            fields=[f for f in fields if f.type.group != "file"],
            values={key: value for key, value in values.items() if value is not None},
            choices=self.choices,
            in_dialog=True,
        )
        for bound in form.fields.values():
            bound.required = False
        return Row(self, name, form, view)

    # -- what was sent

    @property
    def filled(self) -> list[dict[str, Any]]:
        return [{"row": row.name} for row in self.rows if not row.empty and not row.gone]

    @property
    def changed(self) -> bool:
        return self.data is not None and any(
            row.gone or (not row.empty and row.form.has_changed()) for row in self.rows
        )

    def judged(self, *, required: bool) -> Iterator[str]:
        """What does not fit, in words; the cells say their own."""
        kept = [row for row in self.rows if not row.empty and not row.gone]
        least = max(int(self.option("least", 0)), 1 if required else 0)
        if len(kept) < least:
            yield f"{self.label}: " + _("Fill in at least %(count)s rows.") % {"count": least}
        if len(kept) > self.most:
            yield f"{self.label}: " + _("At most %(count)s rows.") % {"count": self.most}
        for number, row in enumerate(kept, start=1):
            if not row.form.is_bound:
                continue
            row.form.is_valid()
            for key in self._needed(row):
                row.form.add_error(key, str(REQUIRED_MESSAGE))
            for key, errors in row.form.errors.items():
                named = self.columns[key].label if key in self.columns else ""
                yield _("Row %(number)s, %(field)s: %(message)s") % {
                    "number": number,
                    "field": named,
                    "message": errors[0],
                }

    def _needed(self, row: Row) -> list[str]:
        wanted = {*self.option("required", ()), *(k for k, f in self.columns.items() if f.required)}
        return [
            key
            for key in self.columns
            if key in wanted
            and key in row.form.fields
            and key not in row.form.errors
            and is_blank(row.form.cleaned_data.get(key))
        ]

    def changes(self, record: int, acknowledged: Mapping[str, str]) -> list[tuple[Row, Change]]:
        found = []
        for row in self.rows:
            change = self._change(row, record, acknowledged)
            if change is not None:
                found.append((row, change))
        return found

    def _change(self, row: Row, record: int, acknowledged: Mapping[str, str]) -> Change | None:
        if not row.form.is_bound:
            return None
        if row.view is not None and row.gone:
            return Change("delete", id=row.view.id, acknowledged=acknowledged)
        if row.view is not None:
            values = row.form.changed_values()
            version = self.version_of(row)
            return (
                Change(
                    "change",
                    id=row.view.id,
                    values=values,
                    base_version=version,
                    acknowledged=acknowledged,
                )
                if values
                else None
            )
        if row.empty:
            return None
        values = {**row.form.new_values(), self.link: [record]}
        return Change("create", type=self.type.key, values=values, acknowledged=acknowledged)

    def version_of(self, row: Row) -> int:
        """That was open in the form."""
        said = str((self.data or {}).get(f"{row.name}-version", ""))
        now = row.view.version if row.view is not None else 0
        return now if row.clashed else int(said) if said.isascii() and said.isdigit() else now

    # -- what is added up

    @property
    def totals(self) -> list[tuple[str, str, str]]:
        return [
            (key, self.columns[key].label, self._total(key))
            for key in self.option("totals", ())
            if key in self.columns
        ]

    def _total(self, key: str) -> str:
        f, found = self.columns[key], 0
        for row in self.rows:
            bound = row.form[key].value() if key in row.form.fields else None
            value = self.plan.read(f, bound if bound is not None else self._held(row, key))
            found += getattr(value, "amount", value) or 0
        return str(found)

    def _held(self, row: Row, key: str) -> Any:
        return row.view.value(key) if row.view and key in row.view.readable else None


def rows_of(plan: Plan, data: Any, choices: Choices) -> list[Rows]:
    found = []
    for item in plan.form.items.values():
        if item.kind == "rows" and (rows := _rows(item, plan, data, choices)) is not None:
            found.append(rows)
    return found


def _rows(item: ItemDef, plan: Plan, data: Any, choices: Choices) -> Rows | None:
    """None where this person may not know of such records at all."""
    access = plan.wanted.access
    place = Place(item, plan.form, access.snapshot)
    known = row_type(place)
    link = str(place.option("link"))
    if known is None or not access.may("view", known) or access.level(known, link) == HIDDEN:
        return None
    shown = {k: f for k, f in columns(place).items() if access.level(known, k) != HIDDEN}
    may_add = (
        access.may("create", known) and access.level(known, link) == WRITE and not item.readonly
    )
    rows = Rows(item, known, link, shown, plan, data, choices, may_add)
    if plan.record is not None:
        where = {"field": link, "op": "linked_to", "value": [plan.record.id]}
        here = list(visible(Query(known, where=where), access=access).order_by("pk")[: MOST + 1])
        rows.standing = views_of(here[:MOST], access=access)
        rows.more = len(here) > MOST
    elif not may_add:
        return None
    return rows
