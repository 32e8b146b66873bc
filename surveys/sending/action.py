"""Automations ask people: when a request was closed, an order delivered, some days after with a wait before it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.definitions import TypeDef
from surveys.definitions import SurveyDef, survey_of
from surveys.sending import reasons
from surveys.sending.dispatching import send_soon
from surveys.sending.inviting import Outcome, invite, look
from workflows.actions.base import Action, Pause, Result, Work
from workflows.automations.arguments import Argument


class SendSurvey(Action):
    """Who may not be asked now is left out, and the automation goes on. Told twice, one is asked once."""

    def plan(self, work: Work) -> str:
        survey = self._survey(work)
        [outcome] = look(survey, [work.record_id], access=work.access, occasion=_occasion(work))
        return self._words(survey, outcome, work)

    def run(self, work: Work) -> Result:
        survey = self._survey(work)
        [outcome] = invite(survey, [work.record_id], access=work.access, occasion=_occasion(work))
        if outcome.ok:
            send_soon()
        return Result(self._words(survey, outcome, work))

    def _survey(self, work: Work) -> SurveyDef:
        survey = survey_of(work.snapshot, work.given["survey"])
        if survey is None or survey.type != work.automation.type:
            raise Pause(_("There is no such survey."))
        return survey

    def _words(self, survey: SurveyDef, outcome: Outcome, work: Work) -> str:
        name = {"survey": survey.label}
        if outcome.ok:
            return _("Ask by the survey “%(survey)s”.") % name
        why = reasons.words(outcome.why, work.snapshot, outcome.next_free)
        return _("Not asked by the survey “%(survey)s”: %(why)s") % {**name, "why": why}

    def says(self, given: Mapping[str, Any], record_type: TypeDef) -> str:
        return _("ask by a survey")


def _occasion(work: Work) -> str:
    """The same however often the action is tried."""
    return f"a{work.key.hex}"


SEND_SURVEY = SendSurvey(
    key="send_survey",
    label=gettext_lazy("Ask by survey"),
    description=gettext_lazy(
        "Once for each person, record or occasion, as the survey says; who is over the contact budget is left out."
    ),
    icon="form",
    arguments=(Argument("survey", "survey", gettext_lazy("Survey"), required=True),),
)
