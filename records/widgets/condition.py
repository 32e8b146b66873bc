"""The condition builder: rows that a script makes changeable, over a text area with the JSON, which is always there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from records.builder.assemble import assemble, refuse_constant
from records.builder.desk import Desk
from records.builder.load import load
from records.builder.pretty import pretty
from records.builder.rows import row_of, rows_of
from records.builder.rows.base import Row
from records.builder.sheet import BadShape, Node, Sheet
from records.builder.typed import Typed
from records.widgets.choosers import SCRIPT

#: What is said to screen readers when something was done.
SAYS = {
    "added": _("Line added."),
    "removed": _("Line removed."),
    "copied": _("Line duplicated."),
    "moved": _("Moved: number {place} of {total}, level {level}."),
    "stuck": _("It cannot be moved there."),
    "turned": _("Turned round: it must not hold."),
    "straight": _("It must hold again."),
    "undone": _("Undone."),
    "redone": _("Done again."),
    "drawn": _("The lines are those of the JSON now."),
    "kept": _("Copied."),
    "none": _("Nothing found"),
    "failed": _("No answer from the server. Try again."),
}


class ConditionWidget(forms.Widget):
    template_name = "records/conditions/builder.html"
    use_fieldset = True

    class Media:
        js = SCRIPT

    def __init__(
        self, desk: Desk, attrs: dict[str, Any] | None = None, *, allow_constant: bool = False
    ) -> None:
        super().__init__(attrs)
        self.desk, self.allow_constant = desk, allow_constant

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Typed:
        return Typed(name, data)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and f"{name}-shape" not in data

    def id_for_label(self, id_: str) -> str:
        return ""

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        by_rows = isinstance(value, Typed) and value.by_rows
        rows, text = self._by_rows(value) if by_rows else self._by_text(name, value)
        context["widget"] |= {
            "rows": rows,
            "text": text,
            "by_rows": rows is not None,
            "blanks": self._blanks(name),
            "desk": self.desk,
            "says": json.dumps({key: str(text) for key, text in SAYS.items()}),
            "urls": {each: self.desk.url(each) for each in ("rows", "fields", "check")},
        }
        return context

    def _blanks(self, name: str) -> list[Row]:
        """A new line and a new group, for the script to put in at once; it gives them ids and a place."""
        line = Node("blank1", "new")
        group = Node("blank2", "group", [Node("blank1", "new")])
        spot = self.desk.spot
        return [row_of(n, Sheet(name, n, QueryDict()), self.desk, spot) for n in (line, group)]

    def _by_rows(self, typed: Typed) -> tuple[Row | None, str]:
        """As they were sent, with what is wrong at each."""
        try:
            found = assemble(typed.sheet, self.desk)
        except BadShape:
            return None, typed.text
        if not self.allow_constant:
            refuse_constant(found)
        return found.rows, "" if found.raw is None else pretty(found.raw)

    def _by_text(self, name: str, value: Any) -> tuple[Row | None, str]:
        """Rows made from JSON; none where it is not JSON, so that it stays to be put right."""
        text = value.text if isinstance(value, Typed) else value or ""
        raw = None
        if text.strip():
            try:
                raw = json.loads(text)
            except (ValueError, RecursionError):
                return None, text
        return rows_of(load(raw, self.desk, name=name), self.desk), text


def drawn(row: Row) -> SafeString:
    """One row with those inside it, as HTML."""
    return render_to_string("records/conditions/row.html", {"row": row})


def tree(sheet: Sheet, desk: Desk) -> SafeString:
    return render_to_string("records/conditions/tree.html", {"root": rows_of(sheet, desk)})
