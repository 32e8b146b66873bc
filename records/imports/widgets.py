"""From a cell to a raw value that the gate takes: the widgets of django-import-export's fields.

Text is not read here: numbers, dates, options and the like are coerced by the gate, in the way the
mapping says. Widgets only find what names stand for, and put parts together.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from import_export.widgets import Widget

from crm_config.definitions import FieldDef
from crm_config.field_types.support import currencies
from records.imports import cells
from records.imports.lines import Line
from records.imports.mapping import ColumnMap
from records.imports.outcomes import Unreadable, told
from records.imports.plan import AnyFinder, Plan


class AsItIs(Widget):
    """The gate reads it."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        return value


class InCurrency(Widget):
    """An amount without a currency is in the one that the mapping names."""

    def __init__(self, currency: str) -> None:
        super().__init__()
        self.currency = currency

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        return value if self._says_so(value) else {"amount": value, "currency": self.currency}

    def _says_so(self, value: Any) -> bool:
        """Letters without a number are no currency, but simply wrong."""
        if not isinstance(value, str):
            return isinstance(value, dict)
        amount, currency = currencies.split(value.strip())
        return bool(currency) and any(char.isdigit() for char in amount)


class Named(Widget):
    """The ids of what a cell names. `new` are texts for which something is made; `own` counts the file's
    own rows by text, `reasons` say why something could not be made."""

    def __init__(self, f: FieldDef, finder: AnyFinder, own: dict[str, int], new: set[str]) -> None:
        super().__init__()
        self.f = f
        self.finder = finder
        self.own = own
        self.new = new
        self.reasons: dict[str, str] = {}

    def clean(self, value: Any, row: Any = None, *, line: Line, **kwargs: Any) -> Any:
        """None where it cannot be said yet: the line keeps what is pending. Raises `Unreadable`."""
        texts = cells.names(self.f, value)
        found = [self._one(text) for text in texts]
        if None not in found:
            return list(found) if self.f.type.storage == "links" else found[0]
        line.pending.add(self.f.key)
        if any(text in self.own for text, one in zip(texts, found, strict=True) if one is None):
            line.deferred[self.f.key] = [str(text) for text in texts]
        return None

    def _one(self, text: Any) -> int | None:
        ids = self.finder.find(text)
        if len(ids) == 1:
            return ids[0]
        if len(ids) > 1 or self.own.get(str(text), 0) > 1:
            self._refuse_several(text, max(len(ids), self.own.get(str(text), 0)))
        if str(text) in self.own or str(text) in self.new:
            return None
        raise Unreadable(
            "no_match",
            self.reasons.get(str(text))
            or _("“%(text)s” is not there, or not for you: correct it, or create it first.")
            % {"text": told(text)},
        )

    def _refuse_several(self, text: Any, count: int) -> None:
        raise Unreadable(
            "ambiguous",
            ngettext(
                "%(count)s record is called “%(text)s”: say which by another field.",
                "%(count)s records are called “%(text)s”: say which by another field.",
                count,
            )
            % {"count": count, "text": told(text)},
        )


def widget_for(column: ColumnMap, f: FieldDef, plan: Plan) -> Widget:
    if finder := plan.finders.get(column.field):
        own = plan.own.get(column.field, {})
        return Named(f, finder, own, plan.promised.setdefault(column.field, set()))
    if f.type.key == "money" and column.currency and not column.part:
        return InCurrency(column.currency)
    return AsItIs()
