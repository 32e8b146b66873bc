"""What decides how it goes on: wait, branch, stop."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.conditions.api import ConditionInvalid
from crm_config.definitions import TypeDef
from records.access.subjects import subject_of
from workflows.actions.base import Action, Pause, Result, Wait, Work
from workflows.automations.arguments import Argument, condition_of

LOOK_AGAIN = timedelta(minutes=15)


def holds(work: Work, raw: Any) -> bool:
    """Whether a condition holds of the record as it is now."""
    try:
        condition = condition_of(raw, work.snapshot, work.type)
    except ConditionInvalid as invalid:
        raise Pause(str(invalid)) from invalid
    subject = subject_of(work.view.record, work.type, work.snapshot)
    return subject is not None and condition.test(
        subject, work.access.askers[0].standpoint, before=subject
    )


class WaitFor(Action):
    """The moment it began to wait is kept by the run, so that looking again does not begin anew."""

    def plan(self, work: Work) -> str:
        if work.given.get("until"):
            return _("Wait until the condition holds.")
        return _("Wait until %(time)s.") % {"time": self._end(work, work.now)}

    def run(self, work: Work) -> Result:
        begun = work.kept.get(f"{work.action.key}:since")
        since = parse_datetime(begun) if begun else work.now
        end = self._end(work, since or work.now)
        if work.given.get("until"):
            if holds(work, work.given["until"]):
                return Result(_("What it waited for holds."))
            if end > work.now or not self._limited(work):
                raise Wait(
                    min(end, work.now + LOOK_AGAIN)
                    if self._limited(work)
                    else work.now + LOOK_AGAIN
                )
            return Result(_("It did not come about in time."), stop=True)
        if end > work.now:
            raise Wait(end)
        return Result(_("The time is over."))

    def _limited(self, work: Work) -> bool:
        return bool(work.given.get("hours") or work.given.get("days"))

    def _end(self, work: Work, since: datetime) -> datetime:
        return since + timedelta(
            hours=work.given.get("hours") or 0, days=work.given.get("days") or 0
        )


class Branch(Action):
    def plan(self, work: Work) -> str:
        chosen = self._chosen(work)
        return _("Go on with the case %(case)s.") % {"case": chosen}

    def run(self, work: Work) -> Result:
        chosen = self._chosen(work)
        keys = [action.key for action in work.action.inner.get(chosen, ())]
        return Result(_("It went on with the case %(case)s.") % {"case": chosen}, first=keys)

    def _chosen(self, work: Work) -> str:
        for n, case in enumerate(work.given.get("cases", ())):
            if holds(work, case["when"]):
                return str(n)
        return "otherwise"


class Stop(Action):
    def plan(self, work: Work) -> str:
        return _("Stop here.")

    def run(self, work: Work) -> Result:
        return Result(_("It stopped here."), stop=True)

    def says(self, given: Mapping[str, Any], record_type: TypeDef) -> str:
        return _("stop")


WAIT = WaitFor(
    key="wait",
    label=gettext_lazy("Wait"),
    description=gettext_lazy(
        "Some hours or days, or until a condition holds, for so long at most."
    ),
    icon="history",
    arguments=(
        Argument("days", "number", gettext_lazy("Days")),
        Argument("hours", "number", gettext_lazy("Hours")),
        Argument("until", "condition", gettext_lazy("Until this holds")),
    ),
)
BRANCH = Branch(
    key="branch",
    label=gettext_lazy("Branch"),
    description=gettext_lazy(
        "The actions of the first case whose condition holds, or those for all others."
    ),
    icon="list-ul",
    arguments=(
        Argument("cases", "cases", gettext_lazy("Cases"), required=True),
        Argument("otherwise", "actions", gettext_lazy("Otherwise")),
    ),
)
STOP = Stop(
    key="stop",
    label=gettext_lazy("Stop"),
    description=gettext_lazy("What comes after is left out."),
    icon="cross",
)
