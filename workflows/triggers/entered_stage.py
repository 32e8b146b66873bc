"""A record enters a stage."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.definitions import TypeDef
from records.models import Event
from workflows.automations.arguments import Argument
from workflows.triggers.base import Trigger


class EnteredStage(Trigger):
    def wants(self, given: Mapping[str, Any], keys: frozenset[str], action: str) -> bool:
        return action in ("create", "change") and "stage" in keys

    def matches(self, given: Mapping[str, Any], event: Event) -> bool:
        return bool("stage" in event.changes and event.changes["stage"][1] == given.get("stage"))

    def says(self, given: Mapping[str, Any], record_type: TypeDef) -> str:
        found = record_type.all_fields.get("stage")
        option = found.choice_map.get(str(given.get("stage"))) if found else None
        names = {"type": record_type.label, "stage": option.label if option else given.get("stage")}
        return _("When %(type)s enters the stage %(stage)s") % names


ENTERED_STAGE = EnteredStage(
    key="entered_stage",
    label=gettext_lazy("A record enters a stage"),
    description=gettext_lazy("It was moved there, or begins there."),
    icon="arrow-right",
    arguments=(Argument("stage", "stage", gettext_lazy("Stage"), required=True),),
    follows=True,
)
