"""The responses that somebody's results are counted from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import Coalesce, RowNumber

from crm_config.conditions.api import ConditionInvalid
from records.access import Access
from records.selectors import Query, visible
from surveys.definitions import SurveyDef
from surveys.models import Answer, Response
from surveys.results import reach
from surveys.results.asking import Asked, Span
from surveys.results.floor import floor_of
from surveys.results.questions import LEADING, Question, questions_of

COMPLETED = Response.Status.COMPLETED
USUAL = Asked()
#: More than any number of answers.
NEVER = 2**31


@dataclass(frozen=True, eq=False)
class Chosen:
    """A survey as somebody asked for its results. `kept` limits the questions that are shown, for shared results;
    `until` leaves out what is answered while a file is written."""

    survey: SurveyDef
    access: Access
    asked: Asked = USUAL
    span_given: Span | None = None
    kept: frozenset[str] | None = None
    until: datetime | None = None

    @cached_property
    def today(self) -> date:
        return self.access.now.astimezone(self.access.tz).date()

    @cached_property
    def span(self) -> Span:
        """Of anonymous surveys in whole months: else the answers of one day could be told from two periods."""
        found = self.span_given or self.asked.span(self.today)
        return found.in_months() if self.survey.is_anonymous else found

    @cached_property
    def before(self) -> Chosen | None:
        """The same over the period before; None where there is none."""
        span = self.span.before(self.today)
        if span is None:
            return None
        found = replace(self, span_given=span)
        # The questions are the same, and need not be found again.
        found.__dict__["questions"] = self.questions
        return found

    @cached_property
    def floor(self) -> int:
        """Of an anonymous survey nothing is shown of a period that leaves out so few that they could be told from
        the whole."""
        floor = floor_of(self.survey)
        if not self.survey.is_anonymous or self.span == Span():
            return floor
        whole = reach.responses(self.survey, self.access).filter(status=COMPLETED)
        outside = whole.exclude(self.within("completed_at")).count()
        return NEVER if 0 < outside < floor else floor

    @property
    def latest_only(self) -> bool:
        usual = bool(self.survey.settings.get("latest_only"))
        return {"1": True, "0": False}.get(
            self.asked.latest, usual
        ) and not self.survey.is_anonymous

    def within(self, moment: str) -> Q:
        """That it lies in the period."""
        begins, ends = self.span.begins(self.access.tz), self.span.ends(self.access.tz)
        found = Q(**{f"{moment}__gte": begins}) if begins else Q()
        return found & Q(**{f"{moment}__lt": ends}) if ends else found

    @cached_property
    def segment_q(self) -> Q:
        """That it is about a record of the segment. One that is not for this person holds nobody."""
        record_type = reach.about(self.survey, self.access.snapshot)
        if not self.asked.segment or record_type is None:
            return Q()
        try:
            rows = visible(Query(record_type, segment=self.asked.segment), access=self.access)
        except ConditionInvalid:
            return Q(pk__in=[])
        return Q(record__in=rows.values("pk"))

    @cached_property
    def all_begun(self) -> QuerySet[Response]:
        """Also those that nobody finished."""
        rows = reach.responses(self.survey, self.access).filter(self.segment_q)
        return rows.filter(self.within("started_at"))

    @cached_property
    def rows(self) -> QuerySet[Response]:
        """What is counted."""
        rows = reach.responses(self.survey, self.access).filter(self.segment_q)
        rows = rows.filter(self.within("completed_at"), status=COMPLETED)
        if self.until is not None:
            rows = rows.filter(completed_at__lte=self.until)
        if self.latest_only:
            of_each = Window(
                RowNumber(),
                # Who answered as nobody is somebody else each time.
                partition_by=[Coalesce("person", "record", -F("pk"))],
                order_by=[F("completed_at").desc(), F("pk").desc()],
            )
            rows = rows.annotate(place=of_each).filter(place=1)
        return rows

    @property
    def answers(self) -> QuerySet[Answer]:
        return Answer.objects.filter(response__in=self.rows.values("pk")).order_by()

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        found = questions_of(self)
        if self.kept is None:
            return found
        return {key: question for key, question in found.items() if key in self.kept}

    @cached_property
    def leading(self) -> Question | None:
        """The question whose score stands on top, in trends and in splits."""
        if wanted := self.questions.get(self.asked.question):
            return wanted if wanted.scored else None
        for measure in LEADING:
            for question in self.questions.values():
                if question.measure == measure and not question.parts:
                    return question
        return None
