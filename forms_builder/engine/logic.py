"""The conditions of a form, read once for each version of the configuration."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from crm_config.conditions.api import (
    Condition,
    ConditionInvalid,
    ConditionProblem,
    Context,
    answering,
    parse,
)
from crm_config.definitions import FieldDef, Snapshot, TypeDef
from forms_builder.definitions import (
    FormDef,
    ItemDef,
    MessageRule,
    StepDef,
    forms_of,
)
from forms_builder.engine.fields import fields_of, form_type
from forms_builder.engine.order import Circle, ordered

MEMO = "forms.logic"


@dataclass(frozen=True, eq=False)
class ItemLogic:
    """The conditions of one item. `step` is that of the step it stands on."""

    item: ItemDef
    step: Condition | None
    shown: Condition | None
    required: Condition | None
    readonly: Condition | None
    options: tuple[tuple[str, Condition], ...]
    values: tuple[tuple[Condition, Any], ...]
    messages: tuple[tuple[Condition, MessageRule], ...]

    @property
    def deciding(self) -> Iterator[Condition]:
        """Those on which its value depends."""
        yield from (c for c in (self.step, self.shown, self.readonly) if c is not None)
        yield from (c for _option, c in self.options)
        yield from (c for c, _value in self.values)


@dataclass(frozen=True, eq=False)
class Logic:
    """`items` stand in an order in which each is decided after what it asks for."""

    form: FormDef
    type: TypeDef
    #: What values are, by item: `type` has them as conditions ask for them.
    fields: Mapping[str, FieldDef]
    items: tuple[ItemLogic, ...]
    steps: Mapping[str, Condition | None]

    @cached_property
    def by_key(self) -> Mapping[str, ItemLogic]:
        return {each.item.key: each for each in self.items}


class Broken(Exception):
    """The form cannot be read: it stays closed until somebody mends it. `problems` name their places."""

    def __init__(self, problems: Iterable[ConditionProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(map(str, self.problems)))


def context(form: FormDef, snapshot: Snapshot) -> Context:
    """The context `form`: what was answered, and which day it is."""
    return answering(snapshot, form_type(form, snapshot))


def read(form: FormDef, snapshot: Snapshot) -> Logic:
    """Raises `Broken`."""
    where = context(form, snapshot)
    reader = _Reader(where)
    steps = {
        step.key: reader.perhaps(step.shown_when, f"{step.key}.shown_when") for step in form.steps
    }
    items = [_item(reader, item, steps[step.key]) for step in form.steps for item in step.items]
    if reader.problems:
        raise Broken(reader.problems)
    try:
        items = ordered(items)
    except Circle as circle:
        raise Broken([ConditionProblem(circle.way[0], str(circle))]) from circle
    return Logic(form, where.types[0], fields_of(form, snapshot), tuple(items), steps)


def _item(reader: _Reader, item: ItemDef, step: Condition | None) -> ItemLogic:
    def named(name: str, raw: Any) -> Condition | None:
        return reader.perhaps(raw, f"{item.key}.{name}")

    def each(name: str, rules: Iterable[tuple[Any, Any]]) -> list[tuple[Any, Condition]]:
        found = ((what, named(f"{name}[{n}]", when)) for n, (what, when) in enumerate(rules))
        return [(what, c) for what, c in found if c is not None]

    values = each("value_set_when", ((r.value, r.when) for r in item.value_set_when))
    messages = each("message_when", ((r, r.when) for r in item.message_when))
    return ItemLogic(
        item=item,
        step=step,
        shown=named("shown_when", item.shown_when),
        required=named("required_when", item.required_when),
        readonly=named("readonly_when", item.readonly_when),
        options=tuple(each("options_when", ((r.option, r.when) for r in item.options_when))),
        values=tuple((c, value) for value, c in values),
        messages=tuple((c, rule) for rule, c in messages),
    )


class _Reader:
    """Reads conditions and remembers what is wrong with them, each with its place."""

    def __init__(self, where: Context) -> None:
        self.where = where
        self.problems: list[ConditionProblem] = []

    def perhaps(self, raw: Any, place: str) -> Condition | None:
        if raw is None:
            return None
        try:
            return parse(raw, self.where)
        except ConditionInvalid as invalid:
            self.problems += [
                replace(p, place=f"{place}.{p.place}" if p.place else place)
                for p in invalid.problems
            ]
            return None


def logic_of(form: FormDef, snapshot: Snapshot) -> Logic:
    """Of a published form. Raises `Broken`."""
    known: dict[str, Logic | Broken] = snapshot.memo.setdefault(MEMO, {})
    found = known.get(form.key)
    if found is None:
        try:
            found = read(form, snapshot)
        except Broken as broken:
            found = broken
        known[form.key] = found
    if isinstance(found, Broken):
        raise found
    return found


def broken(snapshot: Snapshot) -> list[tuple[FormDef, Broken]]:
    """Forms in use that cannot be read any more."""
    found = []
    for form in forms_of(snapshot).values():
        if form.retired or form.type not in snapshot.types:
            continue
        try:
            logic_of(form, snapshot)
        except Broken as problem:
            found.append((form, problem))
    return found


def steps_with(logic: Logic) -> list[tuple[StepDef, Condition | None]]:
    return [(step, logic.steps[step.key]) for step in logic.form.steps]
