"""The engine: a resource of django-import-export whose bulk write is one batch of the gate.

A chunk of rows comes in as a dataset; `Matcher` finds the record that each row is about, the fields make
raw values of cells, and `bulk_create` hands all changes to the gate at once. A row that is refused keeps
no other from being written; an error of the machine is raised, and takes the whole chunk back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import tablib
from django.core.exceptions import ValidationError
from import_export.fields import Field
from import_export.resources import Resource
from import_export.results import RowResult

from crm_config.definitions import FieldDef
from crm_config.field_types.base import is_blank
from records import services
from records.gate import Outcome
from records.imports import cells
from records.imports.creating import CHANNEL, make_missing
from records.imports.lines import Line, Source
from records.imports.mapping import ID, ColumnMap
from records.imports.matching import ROW, Matcher, stored_parts
from records.imports.outcomes import Correction, Unreadable, told
from records.imports.plan import Plan
from records.imports.table import Row
from records.imports.widgets import Named, widget_for
from records.imports.wording import worded


class MappedField(Field):
    """One column, or constant, on its way to one field."""

    def __init__(self, column: ColumnMap, f: FieldDef, plan: Plan) -> None:
        super().__init__(
            attribute=column.key,
            column_name=column.column or None,
            widget=widget_for(column, f, plan),
        )
        self.column = column
        self.clears = plan.mapping.empty == "clear"

    def save(
        self, instance: Line, row: Mapping[str, Any], is_m2m: bool = False, **kwargs: Any
    ) -> None:
        """Raises `Unreadable`."""
        found = cells.cell(self.column, row)
        instance.came_from(self.column.key, Source(self.column.column, self.column.part, found))
        value = cells.read_as(self.column, found)
        if value is not found and value != found:
            instance.corrections.append(Correction(self.column.column, told(found), told(value)))
        if is_blank(value):
            self._empty(instance)
            return
        value = self.widget.clean(value, row=row, line=instance)
        if self.column.key not in instance.pending:
            self._give(instance, value)

    def _empty(self, line: Line) -> None:
        if self.clears and self.column.part:
            self._give(line, "")
        elif self.clears:
            line.values[self.column.key] = None

    def _give(self, line: Line, value: Any) -> None:
        if self.column.part:
            line.values.setdefault(self.column.key, {})[self.column.part] = value
        else:
            line.values[self.column.key] = value


class RecordResource(Resource):
    """`lines` are the chunk's rows in order; `made` counts what was made besides, by column."""

    class Meta:
        using_db = "default"
        instance_loader_class = Matcher
        import_id_fields: tuple[str, ...] = ()  # the matcher knows what to find records by
        use_bulk = True
        use_transactions = False
        batch_size = None
        skip_diff = True
        skip_html_diff = True
        clean_model_instances = False

    def __init__(self, plan: Plan, *, dry_run: bool, reason: str = "") -> None:
        super().__init__()
        self.plan = plan
        self.dry_run = dry_run
        self.reason = reason
        self.troubles: dict[int, Sequence[str]] = {}
        self.lines: list[Line] = []
        self.outcomes: dict[int, Outcome] = {}
        self.made: Counter[str] = Counter()
        self.parts: dict[int, dict[str, dict[str, Any]]] = {}
        self.fields = {
            column.field: MappedField(column, f, plan)
            for column in plan.mapping.columns
            if column.field != ID and (f := plan.field_of(column)) is not None
        }
        self._in_order = list(self.fields.values())

    def take(self, rows: Sequence[Row]) -> None:
        """Take a chunk. In a dry run everything is asked, and nothing written."""
        width = len(self.plan.headings)
        self.troubles = {row.number: row.troubles for row in rows if row.troubles}
        dataset = tablib.Dataset(
            *([row.number, *row.cells[:width]] for row in rows), headers=[ROW, *self.plan.headings]
        )
        self.import_data(dataset, dry_run=self.dry_run)

    # -- what django-import-export asks, in its order -------------------------------------------

    def before_import(self, dataset: tablib.Dataset, **kwargs: Any) -> None:
        """Look up, for the whole chunk at once, what the cells name; make what is to be made."""
        rows = [dict(zip(dataset.headers, row, strict=True)) for row in dataset]
        for field in self._in_order:
            if isinstance(field.widget, Named):
                self._prepare(field.column, field.widget, rows)

    def _prepare(self, column: ColumnMap, widget: Named, rows: Sequence[Mapping[str, Any]]) -> None:
        texts = {
            text
            for row in rows
            for text in cells.names(widget.f, cells.read_as(column, cells.cell(column, row)))
            if isinstance(text, str | int | float)
        }
        widget.finder.prepare(texts)
        if column.create:
            missing = {str(text) for text in texts if not _known(widget, text)}
            missing -= widget.own.keys() | widget.new
            made = make_missing(
                self.plan, column, sorted(missing), reason=self.reason, dry_run=self.dry_run
            )
            self.made[column.field] += made.count
            widget.new |= made.texts
            widget.reasons = made.reasons

    def get_import_fields(self) -> list[MappedField]:
        return self._in_order

    def init_instance(self, row: Mapping[str, Any]) -> Line:
        return Line(row[ROW])

    def after_init_instance(
        self, instance: Line, new: bool, row: Mapping[str, Any], **kwargs: Any
    ) -> None:
        self.lines.append(instance)
        for message in self.troubles.get(instance.number, ()):
            instance.blame("row", message)

    def import_field(
        self,
        field: MappedField,
        instance: Line,
        row: Mapping[str, Any],
        is_m2m: bool = False,
        **kwargs: Any,
    ) -> None:
        """All cells of a row are looked at, so that all that is wrong with it is said at once."""
        try:
            field.save(instance, row)
        except Unreadable as fault:
            instance.blame(fault.code, str(fault), field.column.key)

    def validate_instance(
        self, instance: Line, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        if instance.faults:
            raise ValidationError([fault.message for fault in instance.faults])

    def import_row(
        self, row: Mapping[str, Any], instance_loader: Matcher, **kwargs: Any
    ) -> RowResult:
        """Errors that no row can help are raised: the chunk is taken back and tried again."""
        result = super().import_row(row, instance_loader, **kwargs)
        if result.errors:
            raise result.errors[0].error
        return result

    def handle_import_error(
        self, result: Any, error: Exception, raise_errors: bool = False
    ) -> None:
        raise error

    def bulk_create(self, *args: Any, **kwargs: Any) -> None:
        """Creations and updates together, in the file's order: one batch of the gate."""
        lines = sorted(
            [*self.create_instances, *self.update_instances], key=lambda line: line.number
        )
        self.create_instances.clear()
        self.update_instances.clear()
        self._keep_other_parts(lines)
        changes = [line.change(self.plan.record_type.key) for line in lines]
        for outcome in self._gate(changes):
            self._judge(outcome)

    def bulk_update(self, *args: Any, **kwargs: Any) -> None:
        """Done by `bulk_create`."""

    # -- the gate -------------------------------------------------------------------------------

    def _gate(self, changes: Sequence[Any]) -> Sequence[Outcome]:
        if not changes:
            return []
        plan = self.plan
        if self.dry_run:
            return services.check(
                changes, access=plan.access, channel=CHANNEL, reading=plan.context
            )
        return services.execute(
            changes,
            access=plan.access,
            channel=CHANNEL,
            reason=self.reason,
            partial=True,
            reading=plan.context,
        ).outcomes

    def _keep_other_parts(self, lines: Sequence[Line]) -> None:
        """A column with the city alone must not wipe the street that the record has."""
        by_id = {line.record_id: line for line in lines if line.record_id}
        for record_id, held in stored_parts(list(by_id), self.plan).items():
            values = by_id[record_id].values
            for key, given in values.items():
                if isinstance(given, dict) and key in held:
                    values[key] = {**held[key], **given}

    def _judge(self, outcome: Outcome) -> None:
        line: Line = outcome.change.ref
        self.outcomes[line.number] = outcome
        for refusal in outcome.refusals:
            if refusal.code == "required" and refusal.field in line.pending and self.dry_run:
                continue
            line.blame(refusal.code, worded(refusal), refusal.field or "")


def _known(widget: Named, text: Any) -> bool:
    """Found, or found to be nobody's any more: nothing is to be made for it."""
    try:
        return bool(widget.finder.find(text))
    except Unreadable:
        return True
