"""Ask others whether something may be done with the record; it is done once they agree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.definitions import TypeDef
from records import services as records
from records.errors import Forbidden, Refused
from records.gate import Change
from records.models import Event
from workflows.actions.base import Action, Pause, Result, Work
from workflows.actions.values import raw_values
from workflows.approvals import services
from workflows.approvals.definitions import processes_of
from workflows.automations.arguments import Argument


class StartApproval(Action):
    def plan(self, work: Work) -> str:
        change = self._change(work)
        [outcome] = records.check([change], access=work.access, channel=Event.Channel.AUTOMATION)
        others = [str(r.message) for r in outcome.refusals if r.code != services.ASKING]
        if others:
            raise Pause(" ".join(others))
        return self._words(work)

    def run(self, work: Work) -> Result:
        words = self._words(work)
        try:
            made = services.request(
                self._change(work),
                access=work.access,
                process=work.given["process"],
                comment=work.given.get("comment", ""),
                channel=Event.Channel.AUTOMATION,
            )
        except Refused as refused:
            said = [str(r.message) for outcome in refused.outcomes for r in outcome.refusals]
            raise Pause(" ".join(said)) from refused
        except Forbidden as forbidden:
            raise Pause(forbidden.message) from forbidden
        return Result(words, context={work.action.key: made.pk})

    def _change(self, work: Work) -> Change:
        values = raw_values(work, work.given.get("values", {}))
        return Change("change", id=work.record_id, values=values)

    def _words(self, work: Work) -> str:
        found = processes_of(work.snapshot).get(work.given["process"])
        if found is None or found.retired:
            raise Pause(_("There is no such approval process."))
        return _("Ask for approval: %(process)s.") % {"process": found.label}

    def says(self, given: Mapping[str, Any], record_type: TypeDef) -> str:
        return _("ask for approval")


START_APPROVAL = StartApproval(
    key="start_approval",
    label=gettext_lazy("Ask for approval"),
    description=gettext_lazy(
        "The record is held meanwhile; once all agree, its fields get the values."
    ),
    icon="clipboard-check",
    arguments=(
        Argument("process", "approval", gettext_lazy("Approval process"), required=True),
        Argument("values", "values", gettext_lazy("Values once all agree"), required=True),
        Argument("comment", "text", gettext_lazy("What those who decide are told")),
    ),
)
