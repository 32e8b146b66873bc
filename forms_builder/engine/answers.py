"""From answers as they came in to values that can be written, with what does not fit said at its item."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from crm_config.definitions import FieldDef, Snapshot
from crm_config.field_types.base import REQUIRED_MESSAGE, CoerceContext, ValueRefused, is_blank
from forms_builder.definitions import ItemDef
from forms_builder.engine.evaluate import State, States
from forms_builder.engine.logic import Logic
from forms_builder.items.base import Place
from forms_builder.items.rows import MOST, columns
from forms_builder.offers import Offers
from records.access import Access
from records.rates import rate_on

#: Languages that write a comma before the decimals.
COMMA = frozenset({"ro", "el", "pl", "de", "fr", "it", "es"})


def reading(access: Access, language: str | None = None) -> CoerceContext:
    """How what people typed is read: numbers as their language writes them, days in the company's time zone."""
    spoken = (language or get_language() or "").split("-")[0]
    return CoerceContext(
        now=access.now,
        tz=access.tz,
        me=access.user_id,
        base_currency=access.snapshot.company.base_currency,
        rate=rate_on,
        date_order="ymd",
        decimal_mark="," if spoken in COMMA else ".",
    )


@dataclass
class Checked:
    """`values` are canonical, by item; `rows` by item those of each row, by field; `errors` by item."""

    values: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        return not self.errors


def check(
    logic: Logic,
    states: States,
    *,
    snapshot: Snapshot,
    context: CoerceContext,
    offers: Offers,
    steps: Collection[str] | None = None,
) -> Checked:
    """`steps` limits what is looked at to what stands on them."""
    found = Checked()
    for step in logic.form.steps:
        if steps is not None and step.key not in steps:
            continue
        for item in step.items:
            state = states[item.key]
            try:
                _take(item, state, logic, snapshot, context, offers, found)
            except ValueRefused as refused:
                found.errors[item.key] = str(refused.message)
            for message in (m.text for m in state.messages if m.blocks):
                found.errors.setdefault(item.key, message)
    return found


def _take(
    item: ItemDef,
    state: State,
    logic: Logic,
    snapshot: Snapshot,
    context: CoerceContext,
    offers: Offers,
    found: Checked,
) -> None:
    if state.not_offered:
        message = _("“%(text)s” is not among the options now. Choose another.")
        raise ValueRefused("not_offered", message % {"text": state.not_offered[0][:100]})
    if item.kind == "rows":
        found.rows[item.key] = _rows(item, state, logic, snapshot, context, offers)
        return
    f = logic.fields.get(item.key)
    if f is None:
        return
    if state.required and (is_blank(state.value) or state.value is False):
        ticked = f.type.key == "boolean"
        raise ValueRefused("required", _("Tick this to go on.") if ticked else REQUIRED_MESSAGE)
    value = _value(f, state.value, context, offers.of(item))
    if value is not None:
        found.values[item.key] = value


def _value(f: FieldDef, raw: Any, context: CoerceContext, offered: Mapping[int, str] | None) -> Any:
    value = f.type.coerce(f, raw, context)
    if value is None:
        return None
    f.type.check_new(f, value, None)
    if f.type.storage == "links" and offered is not None and not set(value) <= offered.keys():
        raise ValueRefused("not_offered", _("Choose from what is offered."))
    return value


def _rows(
    item: ItemDef,
    state: State,
    logic: Logic,
    snapshot: Snapshot,
    context: CoerceContext,
    offers: Offers,
) -> list[dict[str, Any]]:
    """Rows in which nothing was filled in are none."""
    place = Place(item, logic.form, snapshot)
    fields = columns(place)
    given = state.value if isinstance(state.value, list | tuple) else ()
    raws = [row for row in given if isinstance(row, Mapping)]
    kept = [row for row in raws if any(not is_blank(row.get(key)) for key in fields)]
    least, most = place.option("least", 0), place.option("most", MOST)
    if state.shown and len(kept) < max(least, 1 if state.required else 0):
        message = _("Fill in at least %(count)s rows.") % {"count": max(least, 1)}
        raise ValueRefused("too_few_rows", message)
    if len(kept) > most:
        raise ValueRefused("too_many_rows", _("At most %(count)s rows.") % {"count": most})
    found = []
    for n, row in enumerate(kept, start=1):
        values = {}
        for key, f in fields.items():
            try:
                value = _value(f, row.get(key), context, offers.of(item))
            except ValueRefused as refused:
                raise ValueRefused(refused.code, _in_row(n, f, refused.message)) from refused
            if value is None and key in place.option("required", ()):
                raise ValueRefused("required", _in_row(n, f, REQUIRED_MESSAGE))
            if value is not None:
                values[key] = value
        found.append(values)
    return found


def _in_row(n: int, f: FieldDef, message: Any) -> str:
    return _("Row %(number)s, %(field)s: %(message)s") % {
        "number": n,
        "field": f.label,
        "message": message,
    }
