"""What a form looks like with the answers so far: the truth, which the browser works out too, for comfort.

`static/forms_builder/js/logic.js` does the same from what `compiling` gives; both are held to shared vectors.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from crm_config.conditions.api import Condition, Standpoint, StoredSubject
from crm_config.field_types.base import CoerceContext, ValueRefused, is_blank
from crm_config.norm import norm_of
from forms_builder.definitions import MessageRule
from forms_builder.engine.amount import AMOUNT_TYPE
from forms_builder.engine.logic import ItemLogic, Logic


@dataclass
class State:
    """How one item stands. `value` is raw; `cleared` says that what was answered is taken out, `set_by_rule`
    that a rule gave the value; `offered` holds the options that may be chosen, None for all of them."""

    shown: bool = True
    required: bool = False
    readonly: bool = False
    value: Any = None
    cleared: bool = False
    set_by_rule: bool = False
    offered: frozenset[str] | None = None
    #: What was chosen although it is not offered.
    not_offered: tuple[str, ...] = ()
    messages: tuple[MessageRule, ...] = ()


@dataclass
class States:
    items: dict[str, State] = field(default_factory=dict)
    #: By step, whether it is there.
    steps: dict[str, bool] = field(default_factory=dict)

    def __getitem__(self, key: str) -> State:
        return self.items[key]

    @property
    def values(self) -> dict[str, Any]:
        """What is sent: without what was cleared."""
        return {k: s.value for k, s in self.items.items() if not is_blank(s.value)}

    @property
    def blocking(self) -> list[str]:
        return [m.text for s in self.items.values() for m in s.messages if m.blocks]


@dataclass(eq=False)
class Answers:
    """Raw answers as conditions ask for them. `fixed` holds what read-only items keep."""

    logic: Logic
    context: CoerceContext
    standpoint: Standpoint
    subject: StoredSubject = field(init=False)

    def __post_init__(self) -> None:
        self.subject = StoredSubject(self.logic.type, None, {}, {}, {})

    def put(self, key: str, raw: Any) -> None:
        f = self.logic.type.fields.get(key)
        if f is None:
            return
        try:
            value = f.type.coerce(f, raw, self.context)
        except ValueRefused:
            value = AMOUNT_TYPE.unreadable if f.type is AMOUNT_TYPE else None
        held = self.subject.long_data if f.type.storage == "long_data" else self.subject.data
        if value is None:
            held.pop(key, None)  # type: ignore[attr-defined]
            self.subject.norms.pop(key, None)  # type: ignore[attr-defined]
            return
        held.update(f.type.dump(f, value))  # type: ignore[attr-defined]
        self.subject.norms[key] = norm_of(f, value)  # type: ignore[index]

    def holds(self, condition: Condition | None, *, otherwise: bool) -> bool:
        if condition is None:
            return otherwise
        return condition.test(self.subject, self.standpoint)


def evaluate(
    logic: Logic,
    raw: Mapping[str, Any],
    *,
    context: CoerceContext,
    fixed: Mapping[str, Any] | None = None,
) -> States:
    """`raw` holds answers by item, as they came in; `fixed` what read-only items keep, whatever came in."""
    standpoint = Standpoint(now=context.now, tz=context.tz)
    answers = Answers(logic, context, standpoint)
    for key in logic.form.items:
        answers.put(key, raw.get(key))
    found: dict[str, State] = {}
    for each in logic.items:
        key = each.item.key
        state = found[key] = _decide(each, raw.get(key), (fixed or {}).get(key), answers)
        answers.put(key, state.value)
    for each in logic.items:
        _tell(each, found[each.item.key], answers)
    steps = {key: answers.holds(c, otherwise=True) for key, c in logic.steps.items()}
    return States({key: found[key] for key in logic.form.items}, steps)


def _decide(each: ItemLogic, raw: Any, fixed: Any, answers: Answers) -> State:
    item = each.item
    there = answers.holds(each.step, otherwise=True)
    state = State(shown=there and answers.holds(each.shown, otherwise=True), value=raw)
    state.readonly = item.readonly or answers.holds(each.readonly, otherwise=False)
    if state.readonly:
        state.value = fixed if fixed is not None else item.default
    for condition, value in each.values:
        if answers.holds(condition, otherwise=False):
            state.value, state.set_by_rule = value, True
            break
    if not state.shown and item.when_hidden == "clear" and item.kind != "hidden":
        state.cleared = not is_blank(state.value)
        state.value = None
    if each.options:
        _limit(each, state, answers)
    return state


def _limit(each: ItemLogic, state: State, answers: Answers) -> None:
    """An option without a rule is offered always; one with several, while any of them holds."""
    f = answers.logic.fields.get(each.item.key)
    every = [o.key for o in f.choices if not o.retired] if f else []
    ruled: dict[str, bool] = {}
    for option, condition in each.options:
        ruled[option] = ruled.get(option, False) or answers.holds(condition, otherwise=False)
    state.offered = frozenset(key for key in every if ruled.get(key, True))
    if isinstance(state.value, list | tuple):
        state.not_offered = tuple(str(v) for v in state.value if str(v) not in state.offered)
        state.value = [v for v in state.value if str(v) in state.offered] or None
    elif not is_blank(state.value) and str(state.value) not in state.offered:
        state.not_offered = (str(state.value),)
        state.value = None


def _tell(each: ItemLogic, state: State, answers: Answers) -> None:
    """Once all values are decided: what does not change any. What cannot be seen is never required."""
    wanted = each.item.required or answers.holds(each.required, otherwise=False)
    state.required = state.shown and wanted and not state.readonly and each.item.kind != "hidden"
    if state.shown:
        state.messages = tuple(
            rule for condition, rule in each.messages if answers.holds(condition, otherwise=False)
        )
