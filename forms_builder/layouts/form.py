"""A form that administrators laid out, filled in by one person: a record's form, with the logic of its items."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from django.forms import Media
from django.utils.translation import gettext as _

from crm_config import labels
from crm_config.definitions import FieldDef
from crm_config.field_types.base import is_blank
from forms_builder.definitions import FormDef
from forms_builder.engine.answers import reading
from forms_builder.engine.evaluate import States, evaluate
from forms_builder.engine.logic import logic_of
from forms_builder.layouts import drawing
from forms_builder.layouts.judging import judge
from forms_builder.layouts.linked import Linked
from forms_builder.layouts.plan import Asked, Plan
from forms_builder.layouts.rows import Rows, rows_of
from forms_builder.layouts.writing import ELSEWHERE, write
from records.access import Access
from records.forms.fields import Choices, form_field
from records.forms.layouts import NEW, Wanted
from records.forms.record import RecordForm
from records.gate import Change, Receipt, Refusal


class StaffForm(RecordForm):
    """Names are those of the record's own form, so that whatever keeps what was typed knows them."""

    laid_out = True

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        form: FormDef,
        wanted: Wanted,
        values: Mapping[str, Any],
        choices: Choices,
        initial: Mapping[str, Any] | None = None,
        **given: Any,
    ) -> None:
        self.form, self.wanted = form, wanted
        self.plan = Plan(form, wanted)
        self.logic = logic_of(form, wanted.access.snapshot)
        #: As the record holds them, and as the form begins, by name.
        self.standing = self.plan.standing(values)
        self.beginning = self.plan.beginning(values)
        super().__init__(
            data,
            files,
            fields=self._own_fields,
            values=self.beginning,
            choices=choices,
            initial=initial,
            **given,
        )
        in_dialog = bool(given.get("in_dialog"))
        for asked in self.linked_items:
            self.fields[asked.name] = form_field(
                asked.shown, self.beginning.get(asked.name), choices, in_dialog=in_dialog
            )
            self.definitions[asked.name] = asked.shown
            self._begin_with(asked.name, initial)
        self.rows: list[Rows] = rows_of(self.plan, data, choices)
        self.linked = Linked(self)
        self._states: States | None = None

    def _begin_with(self, name: str, typed: Mapping[str, Any] | None) -> None:
        if typed and name in typed:
            self.initial[name] = typed[name]

    @cached_property
    def _own_fields(self) -> list[FieldDef]:
        """Those of the record itself that are filled in, and those that have to be asked for besides."""
        found = {
            a.source.key: a.shown
            for a in self.plan.items.values()
            if a.item.kind == "field" and a.writable and not a.item.readonly
        }
        standing = {a.source.key for a in self.plan.items.values() if a.item.kind != "linked_field"}
        self.besides = [f for f in self.wanted.asked if f.key not in standing]
        return [*found.values(), *self.besides]

    @cached_property
    def linked_items(self) -> list[Asked]:
        return [
            a
            for a in self.plan.items.values()
            if a.item.kind == "linked_field" and a.writable and not a.item.readonly
        ]

    # -- the logic

    @property
    def states(self) -> States:
        if self._states is None:
            self._states = self._evaluated()
        return self._states

    def _evaluated(self) -> States:
        raw = {key: self._raw(asked) for key, asked in self.plan.items.items()}
        raw |= {rows.item.key: rows.filled for rows in self.rows}
        context = reading(self.wanted.access)
        return evaluate(self.logic, raw, context=context, fixed=self.fixed)

    def _raw(self, asked: Asked) -> Any:
        if asked.name in self.fields and asked.item.kind != "hidden":
            if self.is_bound:
                return getattr(self, "cleaned_data", {}).get(asked.name)
            return self.json(asked, self.initial_value(asked.name))
        return self.json(asked, self.beginning.get(asked.name))

    def initial_value(self, name: str) -> Any:
        """What stands there before anything is filled in; what was typed before a conflict, as it was typed."""
        return self.initial[name] if name in self.initial else self.beginning.get(name)

    def json(self, asked: Asked, value: Any) -> Any:
        read = self.plan.read(asked.field, value)
        return None if read is None else asked.field.type.to_json(asked.field, read)

    @cached_property
    def fixed(self) -> dict[str, Any]:
        """What read-only items keep, by item."""
        found = {}
        for key, asked in self.plan.items.items():
            value = self.json(asked, self.beginning.get(asked.name))
            if value is not None:
                found[key] = value
        return found

    def item_of(self, name: str) -> Asked | None:
        return self._by_name.get(name)

    @cached_property
    def _by_name(self) -> Mapping[str, Asked]:
        return {asked.name: asked for asked in self.plan.items.values()}

    # -- what was sent

    def clean(self) -> dict[str, Any]:
        self._states = None
        judge(self)
        return self.cleaned_data

    def changed_values(self) -> dict[str, Any]:
        """What differs from what the record holds, of its own fields."""
        found = {k: v for k, v in super().changed_values().items() if not self._is_linked(k)}
        for asked in self.plan.items.values():
            if asked.item.kind == "linked_field":
                continue
            decided, value = self._decided(asked)
            if decided and self._differs(asked, value):
                found[asked.name] = value
            elif decided:
                found.pop(asked.name, None)
        return found

    def _decided(self, asked: Asked) -> tuple[bool, Any]:
        """Whether the form says what becomes of it, whatever was sent: then what."""
        state = self.states[asked.item.key]
        if not asked.writable:
            return False, None
        if asked.item.kind == "hidden" or asked.item.readonly:
            begins = self.is_new or asked.name in self.plan.begun or state.set_by_rule
            return begins, state.value
        if not state.shown and asked.item.when_hidden == "clear":
            return True, None
        if state.set_by_rule:
            return True, state.value
        if state.readonly:
            return True, self.fixed.get(asked.item.key)
        if asked.name in self.plan.begun and asked.name in self.cleaned_data:
            return True, self.cleaned_data[asked.name]
        return False, None

    def _differs(self, asked: Asked, value: Any) -> bool:
        if asked.field.type.group == "file" and value is not None:
            return asked.name in self.changed_data
        return bool(self.plan.read(asked.field, value) != self.standing.get(asked.name))

    def _is_linked(self, name: str) -> bool:
        asked = self.item_of(name)
        return asked is not None and asked.item.kind == "linked_field"

    def new_values(self) -> dict[str, Any]:
        """What stands on the form, and what a new record is given besides: defaults, and what the address hands
        over of fields that the form does not ask for."""
        found = {k: v for k, v in super().new_values().items() if not self._is_linked(k)}
        types = self.wanted.type.all_fields
        for key, value in self.beginning.items():
            if key not in self._by_name and key in types and key not in self.fields:
                found[key] = types[key].type.to_json(types[key], value)
        for asked in self.plan.items.values():
            decided, value = self._decided(asked)
            if asked.item.kind == "linked_field":
                continue
            if decided and is_blank(value):
                found.pop(asked.name, None)
                if asked.source.default is not None:
                    found[asked.name] = None
            elif decided:
                found[asked.name] = value
        return found

    # -- through the gate

    def write(self, changes: Sequence[Change], *, access: Access, channel: str) -> Receipt:
        return write(self, changes, access=access, channel=channel)

    @property
    def writes_more(self) -> bool:
        return bool(self.linked.filled or any(rows.changed for rows in self.rows))

    def take_over(self, other: RecordForm) -> None:
        if isinstance(other, StaffForm):
            self.rows = other.rows

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        """What is about a field that does not stand on the form is told with its name."""
        refusals = list(refusals)
        if any(refusal.code == ELSEWHERE for refusal in refusals):
            message = _(
                "Something in a row or in a linked record does not fit: it is marked there."
            )
            self.add_error(None, message)
        known = self.wanted.access.readable(self.wanted.type)
        types = self.wanted.type.all_fields
        for refusal in refusals:
            key = refusal.field
            if refusal.code == ELSEWHERE:
                continue
            if key and key not in self.fields and key in known and refusal.code != "acknowledge":
                self.add_error(
                    None,
                    _("“%(field)s”: %(why)s") % {"field": types[key].label, "why": refusal.message},
                )
            else:
                super().refuse([refusal])

    # -- how it looks

    @property
    def media(self) -> Media:
        """With what the widgets of rows need, those too that a script adds."""
        found = super().media
        for rows in self.rows:
            found += rows.blank.form.media if rows.may_add else Media()
            for row in rows.rows:
                found += row.form.media
        return found

    @property
    def title(self) -> str:
        return self.form.label

    @property
    def submit_label(self) -> str:  # type: ignore[override]
        return labels.text(self.form.submit)

    @property
    def intro(self) -> str:
        return labels.text(self.form.intro)

    @cached_property
    def steps(self) -> list[drawing.Step]:
        return drawing.steps(self)

    @property
    def logic_json(self) -> Mapping[str, Any]:
        return drawing.logic_json(self)

    @property
    def is_new(self) -> bool:
        return self.wanted.use in NEW
