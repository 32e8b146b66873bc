"""Make another record, with a link back."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.definitions import TypeDef
from records.gate.change import Change, Receipt
from workflows.actions.base import Work, Writing
from workflows.actions.values import raw_values
from workflows.automations.arguments import Argument


class CreateRecord(Writing):
    def changes(self, work: Work) -> Sequence[Change]:
        values = raw_values(work, work.given.get("values", {}))
        if link := work.given.get("link"):
            values[link] = [work.record_id]
        return [Change("create", type=work.given["type"], values=values)]

    def words(self, work: Work, changes: Sequence[Change]) -> str:
        return _("Create a record: %(type)s.") % {"type": self._type(work)}

    def _type(self, work: Work) -> str:
        found = work.snapshot.types.get(work.given["type"])
        return found.label if found else str(work.given["type"])

    def keeps(self, work: Work, receipt: Receipt) -> Mapping[str, Any]:
        return {work.action.key: receipt.outcomes[0].id}


ARGUMENTS = (
    Argument("type", "type", gettext_lazy("Record type"), required=True),
    Argument("values", "values", gettext_lazy("Values"), of="type", required=True),
    Argument("link", "link", gettext_lazy("Field that points back"), of="type"),
)
CREATE_RECORD = CreateRecord(
    key="create_record",
    label=gettext_lazy("Create a record"),
    description=gettext_lazy("Of any type, with values from this record, and a link back to it."),
    icon="plus",
    arguments=ARGUMENTS,
)


class AddTask(CreateRecord):
    def says(self, given: Mapping[str, Any], record_type: TypeDef) -> str:
        return _("add a task")


ADD_TASK = AddTask(
    key="add_task",
    label=gettext_lazy("Add a task"),
    description=gettext_lazy("A record of a type of activities, about this record."),
    icon="calendar-check",
    arguments=ARGUMENTS,
)
