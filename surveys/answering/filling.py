"""One visit to a survey: a form's filling, with what the record and the invitation bring along."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import QueryDict

from crm_config.field_types.base import ValueRefused, is_blank
from forms_builder.definitions import ItemDef, StepDef
from forms_builder.engine.evaluate import States
from forms_builder.engine.plain import plain
from forms_builder.public import pictures
from forms_builder.public.controls import Control
from forms_builder.public.filling import Filling, is_question
from records.errors import NotVisible
from records.selectors import RecordView, get
from surveys import piping
from surveys.answering.pictures import address_of
from surveys.answering.visits import Visit
from surveys.flow.compiling import Flow, flow_of
from surveys.flow.pages import pages_there
from surveys.questions.picturing import numbers_of


@dataclass(eq=False)
class SurveyFilling(Filling):
    """`editing`: answers that stand are changed."""

    visit: Visit | None = None
    editing: bool = False

    @property
    def known(self) -> Visit:
        assert self.visit is not None
        return self.visit

    @cached_property
    def flow(self) -> Flow:
        assert self.known.survey is not None
        return flow_of(self.known.survey, self.snapshot)

    @cached_property
    def secret(self) -> frozenset[str]:
        """Hidden values stay in the house: not even the browser of whoever answers gets them."""
        return frozenset(i.key for i in self.form.items.values() if i.kind == "hidden")

    # -- what is there already -------------------------------------------------------------------

    def begin(self, query: Mapping[str, Any]) -> None:
        """What is there already stays."""
        fresh = Filling(self.form, self.snapshot, self.language)
        fresh.begin(query)
        self.values = fresh.values | self.values
        self.fixed = fresh.fixed | self.brought() | self.fixed

    def renew(self) -> None:
        self.begin({})

    def take_up(self) -> None:
        """What was answered before, as far as it is still asked."""
        row = self.known.response
        if row is None:
            return
        held = (
            row.editing
            if self.editing and row.editing
            else {"values": row.values, "files": row.files}
        )
        known = self.form.items
        self.values |= {k: v for k, v in held["values"].items() if k in known}
        self.files |= {k: v for k, v in held["files"].items() if k in known}
        self.fixed |= {k: v for k, v in row.fixed.items() if k in known}

    def brought(self) -> dict[str, Any]:
        """Hidden values of the link or the invitation, and of the record."""
        visit, found = self.known, dict[str, Any]()
        for item in self.form.items.values():
            if item.kind == "hidden" and item.options.get("field") and visit.record_id:
                value = self._of_record(str(item.options["field"]))
                if value is not None:
                    found[item.key] = value
        given = visit.link.fixed if visit.link else {}
        if visit.invitation is not None and not visit.anonymous:
            given = given | visit.invitation.fixed
        hidden = {k: v for k, v in given.items() if k in self.secret}
        return found | plain(hidden)

    def _of_record(self, key: str) -> Any:
        view = self.view(self.known.record_id)
        try:
            return view.json(key) if view else None
        except KeyError:
            return None

    def view(self, pk: int | None) -> RecordView | None:
        """With the authority of the survey: it shows what its administrators named."""
        if pk is None:
            return None
        if pk not in self._views:
            try:
                self._views[pk] = get(pk, access=self.access)
            except NotVisible:
                self._views[pk] = None
        return self._views[pk]

    @cached_property
    def _views(self) -> dict[int, RecordView | None]:
        return {}

    def preselect(self, question: str, value: str) -> None:
        """An answer that the address names: shown, and recorded only when somebody sends it."""
        item, f = self.form.items.get(question), self.logic.fields.get(question)
        if item is None or f is None or not is_question(item) or f.type.group == "file":
            return
        if item.kind == "consent" or item.readonly:
            return
        try:
            said = f.type.coerce(f, plain(value), self.context)
            if said is not None:
                f.type.check_new(f, said, None)
                self.values[question] = f.type.to_json(f, said)
        except ValueRefused:
            return

    def take(self, data: QueryDict, step: StepDef) -> None:
        """Numbers are kept as numbers: whoever goes on in another language writes them otherwise."""
        super().take(data, step)
        for item in step.items:
            f = self.logic.fields.get(item.key)
            if f is None or item.kind != "number":
                continue
            try:
                number = f.type.coerce(f, self.values.get(item.key), self.context)
            except ValueRefused:
                continue
            if number is not None:
                self.values[item.key] = float(number) if f.type.key == "decimal" else int(number)

    # -- where it goes on ------------------------------------------------------------------------

    def steps(self, states: States) -> list[StepDef]:
        """Pages with nothing to see are passed over."""
        return pages_there(self.form, states) or list(self.form.steps[:1])

    # -- pictures --------------------------------------------------------------------------------

    def _control(self, item: ItemDef, *args: Any) -> Control | None:
        """What is gone, or is not for everybody, leaves the option with its text."""
        control = super()._control(item, *args)
        for each in (*control.options, *control.parts) if control is not None else ():
            if each.image in self._pictures:
                each.picture = self.picture_address(self._pictures[each.image])
        return control

    @cached_property
    def _pictures(self) -> Mapping[int, Any]:
        """Found once for all questions."""
        numbers = numbers_of(self.form.items.values())
        return pictures.for_everybody(numbers) if numbers else {}

    def picture_address(self, image: Any) -> str:
        return address_of(self.known.token, image.pk)

    # -- texts -----------------------------------------------------------------------------------

    def say(self, text: str) -> str:
        return piping.fill(text, self._find) if "{" in text else text

    def _find(self, kind: str, key: str) -> str:
        if kind == "answer":
            return self._answer(key)
        visit = self.known
        view = self.view(visit.person_id if kind == "person" else visit.record_id)
        try:
            return view.display(key) if view else ""
        except KeyError:
            return ""

    def _answer(self, key: str) -> str:
        f = self.logic.fields.get(key)
        if f is None or key in self.secret:
            return ""
        try:
            value = f.type.coerce(f, self.states()[key].value, self.context)
        except (ValueRefused, KeyError):
            return ""
        return "" if value is None or is_blank(value) else piping.display(f, value)
