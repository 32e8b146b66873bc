"""A thousand people who answer at random: whether each of them reaches an end, and how many see which page."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from crm_config.definitions import FieldDef, Snapshot
from forms_builder.definitions import FormDef, ItemDef, StepDef
from forms_builder.engine.answers import reading
from forms_builder.engine.evaluate import States, evaluate
from forms_builder.engine.logic import Logic
from forms_builder.public.filling import is_question
from records.access import Access
from surveys.definitions import SurveyDef
from surveys.flow.compiling import Flow, flow_logic, flow_of
from surveys.flow.ends import answers_in, end_of
from surveys.flow.pages import pages_there

PEOPLE = 1000
#: Of questions that need no answer, how many are answered.
WILLING = 0.7


@dataclass
class Walked:
    """`pages`, `questions` and `ends` say how many people came there; `stuck` who never reached an end, with their
    answers."""

    people: int = 0
    pages: Counter[str] = field(default_factory=Counter)
    questions: Counter[str] = field(default_factory=Counter)
    ends: Counter[str] = field(default_factory=Counter)
    stuck: list[Mapping[str, Any]] = field(default_factory=list)


def walk(survey: SurveyDef, snapshot: Snapshot, *, people: int = PEOPLE, seed: int = 1) -> Walked:
    """The same for the same seed. Raises `Broken` where the survey cannot be read."""
    rng, found = random.Random(seed), Walked()  # noqa: S311 - made up answers, no secret
    walker = _Walker(survey, snapshot, rng, found)
    for _n in range(people):
        walker.one()
    return found


class _Walker:
    def __init__(
        self, survey: SurveyDef, snapshot: Snapshot, rng: random.Random, found: Walked
    ) -> None:
        self.flow: Flow = flow_of(survey, snapshot)
        self.logic: Logic = flow_logic(survey, snapshot)
        self.snapshot, self.rng, self.found = snapshot, rng, found
        self.context = reading(Access(snapshot=snapshot), "en")

    def one(self) -> None:
        """Page by page, as a person goes."""
        values = dict(self._hidden())
        states, seen = self._states(values), set[str]()
        page = next(iter(pages_there(self.flow.form, states)), None)
        while page is not None and page.key not in seen:
            seen.add(page.key)
            for item in page.items:
                self._answer(item, states, values)
            states = self._states(values)
            page = _after(page, pages_there(self.flow.form, states), self.flow.form)
        self.found.people += 1
        if page is not None:
            self.found.stuck.append(values)
            return
        self.found.pages.update({self.flow.page_of[key] for key in seen})
        self.found.questions.update(key for key in values if states[key].shown)
        answers = answers_in(self.logic, states, self.context)
        self.found.ends[end_of(self.flow, states, answers, self.snapshot).key] += 1

    def _states(self, values: Mapping[str, Any]) -> States:
        return evaluate(self.logic, values, context=self.context)

    def _hidden(self) -> Iterator[tuple[str, Any]]:
        for item in self.flow.form.items.values():
            if item.kind == "hidden" and self.rng.random() < WILLING:
                f = self.logic.fields.get(item.key)
                if f is not None and f.type.storage in ("data", "long_data"):
                    yield item.key, self._value(f)

    def _answer(self, item: ItemDef, states: States, values: dict[str, Any]) -> None:
        f = self.logic.fields.get(item.key)
        if f is None or not is_question(item):
            return
        # What opens on the same page is answered there too.
        state = self._states(values)[item.key]
        if state.shown and (state.required or self.rng.random() < WILLING):
            value = self._value(f)
            if value is not None:
                values[item.key] = value

    def _value(self, f: FieldDef) -> Any:
        if f.type.group == "file":
            return 1
        try:
            drawn = f.type.random_value(f, self.rng)
        except ValueError:
            # No text at hand meets its pattern.
            return "x"
        if isinstance(drawn, int | float | Decimal | str | date | tuple | dict):
            return f.type.to_json(f, drawn)
        return None


def _after(page: StepDef, there: list[StepDef], form: FormDef) -> StepDef | None:
    """The next of those that are there, in the order of the form."""
    order = [each.key for each in form.steps]
    at = order.index(page.key)
    return next((each for each in there if order.index(each.key) > at), None)
