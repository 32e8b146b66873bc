"""Give fields of the record values."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.definitions import TypeDef
from records.gate.change import Change
from workflows.actions.base import Work, Writing
from workflows.actions.values import raw_values
from workflows.automations.arguments import Argument


class SetFields(Writing):
    def changes(self, work: Work) -> Sequence[Change]:
        values = raw_values(work, work.given.get("values", {}))
        return [Change("change", id=work.record_id, values=values)]

    def words(self, work: Work, changes: Sequence[Change]) -> str:
        return _("Set %(fields)s.") % {"fields": _names(work.given, work.type)}

    def says(self, given: Mapping[str, Any], record_type: TypeDef) -> str:
        return _("set %(fields)s") % {"fields": _names(given, record_type)}


def _names(given: Mapping[str, Any], record_type: TypeDef) -> str:
    known = record_type.all_fields
    return ", ".join(known[k].label if k in known else k for k in given.get("values", {}))


SET_FIELDS = SetFields(
    key="set_fields",
    label=gettext_lazy("Set fields"),
    description=gettext_lazy(
        "To a value, what another field holds (over links too), a formula, or a day from today."
    ),
    icon="edit",
    arguments=(Argument("values", "values", gettext_lazy("Values"), required=True),),
)
