"""Move the record to another stage."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from records.gate.change import Change
from workflows.actions.base import Work, Writing
from workflows.automations.arguments import Argument


class MoveStage(Writing):
    def changes(self, work: Work) -> Sequence[Change]:
        return [Change("change", id=work.record_id, values={"stage": work.given["stage"]})]

    def words(self, work: Work, changes: Sequence[Change]) -> str:
        found: Any = work.type.all_fields.get("stage")
        option = found.choice_map.get(work.given["stage"]) if found else None
        return _("Move to %(stage)s.") % {"stage": option.label if option else work.given["stage"]}


MOVE_STAGE = MoveStage(
    key="move_stage",
    label=gettext_lazy("Move to a stage"),
    description=gettext_lazy(
        "By the rules of the pipeline: what they refuse pauses the automation."
    ),
    icon="arrow-right",
    arguments=(Argument("stage", "stage", gettext_lazy("Stage"), required=True),),
)
