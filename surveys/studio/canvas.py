"""The survey as the builder shows it: pages with the jumps after them, then end pages and quotas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm_config import labels
from crm_config.compiler import Draft
from crm_config.definitions import FieldDef
from crm_config.problems import Problem
from forms_builder.definitions import StepDef
from forms_builder.studio.asking import in_words
from forms_builder.studio.canvas import ITEM, Canvas, Fault, Step
from surveys.checks import wrong
from surveys.definitions import END_KINDS, SurveyDef

#: Parts whose members have a screen each, in the order of their numbers.
PARTS: Mapping[str, Any] = {
    "jumps": _("Jump"),
    "ends": _("End page"),
    "quotas": _("Quota"),
    "follow_ups": _("Follow-up"),
}


@dataclass(frozen=True)
class Line:
    """A jump, an end page, a quota or a follow-up, in a sentence. `number` is its place in its list."""

    number: int
    name: str
    when: str = ""
    more: str = ""
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Page(Step):
    jumps: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class PartFault(Fault):
    """`part` and `number` where it is no question and no page."""

    part: str = ""
    number: int = 0


class SurveyCanvas(Canvas):
    numbered: Any = _("page %(n)d")

    def __init__(self, survey: SurveyDef, draft: Draft) -> None:
        super().__init__(survey.form, draft)
        self.survey = survey

    @cached_property
    def problems(self) -> list[Problem]:
        return list(wrong(self.survey, self.draft))

    @property
    def drawn(self) -> tuple[StepDef, ...]:
        """What comes along with a question is no item that could be moved."""
        return self.survey.steps

    @cached_property
    def steps(self) -> list[Page]:  # type: ignore[override]
        return [
            Page(s.step, s.sections, s.notes, s.problems, self._jumps(s.step.key))
            for s in super().steps
        ]

    @property
    def unfilled(self) -> list[FieldDef]:
        """Answering writes no record."""
        return []

    @property
    def page_names(self) -> Mapping[str, str]:
        """Pages and ends by key, as people tell them apart."""
        found = {
            page.key: page.label or str(self.numbered) % {"n": n}
            for n, page in enumerate(self.survey.steps, start=1)
        }
        return found | {end.key: end.label or end.key for end in self.survey.ends}

    def words(self, raw: object) -> str:
        return "" if raw is None else in_words(raw, self.form, self.snapshot)

    def _jumps(self, page: str) -> list[Line]:
        names = self.page_names
        return [
            Line(n, names.get(j.to, j.to), self.words(j.when), "", self._of("jumps", str(n)))
            for n, j in enumerate(self.survey.jumps)
            if j.after == page
        ]

    @property
    def ends(self) -> list[Line]:
        kinds = {key: str(label) for key, label in END_KINDS.items()}
        return [
            Line(
                n,
                end.label or end.key,
                self.words(end.when),
                kinds.get(end.kind, ""),
                self._of("ends", end.key),
            )
            for n, end in enumerate(self.survey.ends)
        ]

    @property
    def quotas(self) -> list[Line]:
        return [
            Line(
                n,
                labels.text(quota.labels, default=quota.key),
                self.words(quota.when),
                str(quota.most),
                self._of("quotas", quota.key),
            )
            for n, quota in enumerate(self.survey.quotas)
        ]

    @property
    def follow_ups(self) -> list[Line]:
        return [
            Line(n, rule.label, self.words(rule.when), str(rule.days))
            for n, rule in enumerate(self.survey.follow_ups)
        ]

    def _of(self, part: str, key: str) -> list[str]:
        return self._by_place.get((part, key), [])

    def _fault(self, problem: Problem) -> Fault:
        part, key = problem.path[2:] if len(problem.path) == ITEM else ("", "")
        if part == "steps":
            return Fault(problem.message, self.page_names.get(key, key), step=key)
        if part in PARTS and (number := self._number(part, key)) is not None:
            return PartFault(problem.message, str(PARTS[part]), part=part, number=number)
        return super()._fault(problem)

    def _number(self, part: str, key: str) -> int | None:
        members = getattr(self.survey, part)
        if part == "jumps":
            return int(key) if key.isdigit() and int(key) < len(members) else None
        return next((n for n, each in enumerate(members) if each.key == key), None)
