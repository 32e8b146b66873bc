"""What was filled in, judged by the logic of the form: what is missing, what is not offered, what a message stops."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from crm_config.field_types.base import REQUIRED_MESSAGE, is_blank
from forms_builder.definitions import ItemDef
from forms_builder.engine.evaluate import State
from forms_builder.layouts.plan import Asked
from forms_builder.layouts.rows import Rows

if TYPE_CHECKING:
    from forms_builder.layouts.form import StaffForm


def judge(form: StaffForm) -> None:
    """Each item by its state, once all values were read."""
    for key, asked in form.plan.items.items():
        if asked.name in form.fields:
            _judge(form, asked, form.states[key])
    for item in form.form.items.values():
        if item.key not in form.plan.items:
            _tell(form, item, form.states[item.key], None)
    for rows in form.rows:
        _judge_rows(form, rows, form.states[rows.item.key])


def _judge(form: StaffForm, asked: Asked, state: State) -> None:
    name, field = asked.name, form.fields[asked.name]
    if not state.shown and asked.item.when_hidden == "clear":
        form.errors.pop(name, None)
        form.cleaned_data[name] = None
        return
    if state.readonly or state.set_by_rule:
        form.errors.pop(name, None)
        kept = state.value if state.set_by_rule else form.fixed.get(asked.item.key)
        form.cleaned_data[name] = kept
    if state.not_offered:
        text = _("“%(text)s” is not among the options now. Choose another.")
        form.add_error(name, text % {"text": state.not_offered[0][:100]})
    elif needed(asked, state) and name not in form.errors:
        value = form.cleaned_data.get(name)
        if is_blank(value) or (value is False and asked.item.required):
            ticked = asked.field.type.key == "boolean"
            message = _("Tick this to go on.") if ticked else REQUIRED_MESSAGE
            form.add_error(name, str(message))
    field.required = needed(asked, state)
    _tell(form, asked.item, state, name)


def needed(asked: Asked, state: State) -> bool:
    """What the type asks for always, a form that shows it asks for as well."""
    return state.required or (by_type(asked) and state.shown and not state.readonly)


def by_type(asked: Asked) -> bool:
    a_tick = asked.source.type.key == "boolean"
    return asked.source.required and asked.item.kind == "field" and not a_tick


def _tell(form: StaffForm, item: ItemDef, state: State, name: str | None) -> None:
    for message in (rule.text for rule in state.messages if rule.blocks):
        if name is None:
            form.add_error(None, message)
        elif name not in form.errors:
            form.add_error(name, message)


def _judge_rows(form: StaffForm, rows: Rows, state: State) -> None:
    if state.shown:
        for message in rows.judged(required=state.required):
            form.add_error(None, message)
