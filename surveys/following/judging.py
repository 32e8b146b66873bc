"""A response as the rules of its survey read it: conditions, answers, and texts that name them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils import timezone

from crm_config.definitions import Snapshot
from crm_config.field_types.base import ValueRefused, is_blank
from forms_builder.engine.evaluate import Answers, States
from records.models import Record
from records.selectors import RecordView
from surveys import piping
from surveys.answering.filling import SurveyFilling
from surveys.answering.visits import Visit
from surveys.definitions import FollowUpDef, SurveyDef
from surveys.flow.compiling import flow_of
from surveys.flow.ends import answers_in, holds
from surveys.models import Response


@dataclass(eq=False)
class Judged:
    """With the survey as it is published now. Raises `Broken` where its logic cannot be read any more."""

    row: Response
    survey: SurveyDef
    snapshot: Snapshot
    #: When it is followed, where that is not now.
    at: datetime | None = None

    @property
    def moment(self) -> datetime:
        return self.at or timezone.now()

    @cached_property
    def filling(self) -> SurveyFilling:
        visit = Visit("", self.survey, self.row.invitation, self.row.link, self.row, own=True)
        form = flow_of(self.survey, self.snapshot).form
        found = SurveyFilling(form, self.snapshot, self.row.language, visit=visit)
        found.take_up()
        return found

    @cached_property
    def states(self) -> States:
        return self.filling.states()

    @cached_property
    def answers(self) -> Answers:
        return answers_in(self.filling.logic, self.states, self.filling.context)

    @property
    def rules(self) -> list[FollowUpDef]:
        """Those whose condition holds."""
        return [
            rule
            for rule in self.survey.follow_ups
            if holds(self.survey, f"follow_ups.{rule.key}", rule.when, self.answers, self.snapshot)
        ]

    @property
    def about(self) -> Record | None:
        """The record that was asked about; else the person who answered."""
        return self.row.record or self.row.person

    @property
    def person_id(self) -> int | None:
        """Nobody knows in anonymous surveys, whatever stands there."""
        return None if self.survey.is_anonymous else self.row.person_id

    def answer(self, key: str) -> Any:
        """As JSON; None where nothing counts."""
        f = self.filling.logic.fields.get(key)
        value = self.value(key)
        return None if f is None or value is None else f.type.to_json(f, value)

    def said(self, text: str) -> str:
        """With what `{answer.…}`, `{record.…}` and `{person.…}` stand for."""
        return piping.fill(text, self._find)

    def view(self, kind: str) -> RecordView | None:
        """With the survey's authority: what its administrators named is told."""
        if self.survey.is_anonymous:
            return None
        return self.filling.view(self.row.person_id if kind == "person" else self.row.record_id)

    def value(self, key: str) -> Any:
        """Canonical."""
        f, state = self.filling.logic.fields.get(key), self.states.items.get(key)
        if f is None or state is None or is_blank(state.value):
            return None
        try:
            return f.type.coerce(f, state.value, self.filling.context)
        except ValueRefused:
            return None

    def told(self, key: str) -> str:
        """An answer in words."""
        f, value = self.filling.logic.fields.get(key), self.value(key)
        return "" if f is None or value is None else piping.display(f, value)

    def _find(self, kind: str, key: str) -> str:
        if kind == "answer":
            return self.told(key)
        view = self.view(kind)
        try:
            return view.display(key) if view else ""
        except KeyError:
            return ""
