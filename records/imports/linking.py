"""The second pass: links to rows that stood further down in the file, now that all of them are records."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from records import services
from records.gate import Change
from records.imports.chunks import LINKED
from records.imports.creating import CHANNEL
from records.imports.lines import Line
from records.imports.outcomes import Fault, Unreadable, told
from records.imports.plan import Plan
from records.imports.resource import RecordResource
from records.imports.widgets import Named
from records.imports.wording import worded
from records.models import ImportChunk

Outcome = dict[str, Any]


class LinkWork:
    """Takes chunks whose rows are written. Its own rows' names are no longer promises: what is not there
    now was refused, and so is the link."""

    def __init__(self, plan: Plan, *, reason: str) -> None:
        self.plan = plan
        self.reason = reason
        plan.own = {}
        resource = RecordResource(plan, dry_run=False)
        self.widgets = {
            column.key: (column.column, resource.fields[column.field].widget)
            for column in plan.mapping.columns
            if plan.own_keys(column)
        }

    def take(self, chunk: ImportChunk) -> None:
        """Set the links, and note those that could not be. The caller holds the transaction."""
        waiting = [outcome for outcome in chunk.outcomes if outcome.get("d")]
        self._prepare(waiting)
        changes = [change for outcome in waiting if (change := self._change(outcome))]
        if changes:
            receipt = services.execute(
                changes,
                access=self.plan.access,
                channel=CHANNEL,
                reason=self.reason,
                partial=True,
                reading=self.plan.context,
            )
            for result in receipt.refused:
                for refusal in result.refusals:
                    _note(
                        result.change.ref,
                        refusal.code,
                        worded(refusal),
                        refusal.field or "",
                        "",
                    )
        for outcome in waiting:
            outcome.pop("d")
        chunk.passes = LINKED

    def _prepare(self, waiting: list[Outcome]) -> None:
        for key, (_column, widget) in self.widgets.items():
            widget.finder.prepare({text for each in waiting for text in each["d"].get(key, ())})

    def _change(self, outcome: Outcome) -> Change | None:
        values = {}
        for key, texts in outcome["d"].items():
            column, widget = self.widgets[key]
            ids = self._ids(widget, column, key, texts, outcome)
            if ids:
                values[key] = ids
        return Change("change", id=outcome["id"], values=values, ref=outcome) if values else None

    def _ids(
        self, widget: Named, column: str, key: str, texts: list[str], outcome: Outcome
    ) -> list[int]:
        try:
            found = widget.clean(texts, line=Line(0))
        except Unreadable as fault:
            _note(outcome, fault.code, str(fault), key, told("; ".join(texts)), column)
            return []
        return list(found or ())


def foresee(chunk: ImportChunk, plan: Plan) -> None:
    """What the second pass will find, in a dry run: `plan.own` counts the rows that are not refused."""
    columns = {column.key: column for column in plan.mapping.columns if plan.own_keys(column)}
    for outcome in chunk.outcomes:
        for key, texts in outcome.pop("d", {}).items():
            column = columns[key]
            finder = plan.finders[column.field]
            for text in texts:
                if text not in plan.own.get(column.field, {}) and not finder.find(text):
                    message = _("“%(text)s” is a row of this file that is refused.") % {
                        "text": text
                    }
                    _note(outcome, "no_match", message, key, told(text), column.column)


def _note(
    outcome: Outcome, code: str, message: str, key: str, value: str, column: str = ""
) -> None:
    fault = Fault(code, message, column, key, value)
    outcome.setdefault("f", []).append(
        [fault.code, fault.message, fault.column, fault.field, fault.value]
    )
