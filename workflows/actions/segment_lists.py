"""Put the record into a segment that is kept by hand, or take it out."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.segments import SegmentDef
from records.errors import Forbidden, NotVisible
from records.segments.rights import named
from records.segments.services import Act, change_list
from workflows.actions.base import Action, Pause, Result, Work
from workflows.automations.arguments import Argument


@dataclass(frozen=True, eq=False)
class ChangeList(Action):
    act: Act = "add"

    def plan(self, work: Work) -> str:
        return f"{self.label}: {self._segment(work).label}"

    def run(self, work: Work) -> Result:
        segment = self._segment(work)
        try:
            outcomes = change_list(
                segment, [work.record_id], self.act, access=work.access, why=work.automation.label
            )
        except Forbidden as error:
            raise Pause(str(error)) from error
        if not outcomes[0].ok:
            raise Pause(outcomes[0].message)
        return Result(f"{segment.label}: {outcomes[0].message}")

    def _segment(self, work: Work) -> SegmentDef:
        try:
            return named(work.given["segment"], work.access)
        except NotVisible as error:
            raise Pause(_("There is no such segment, or it may not be used.")) from error


ADD_TO_SEGMENT = ChangeList(
    key="add_to_segment",
    label=gettext_lazy("Put into a segment"),
    description=gettext_lazy("One whose list is kept by hand."),
    icon="group",
    arguments=(Argument("segment", "segment", gettext_lazy("Segment"), required=True),),
    act="add",
)
TAKE_FROM_SEGMENT = ChangeList(
    key="take_from_segment",
    label=gettext_lazy("Take out of a segment"),
    description=gettext_lazy("One whose list is kept by hand."),
    icon="group",
    arguments=(Argument("segment", "segment", gettext_lazy("Segment"), required=True),),
    act="remove",
)
