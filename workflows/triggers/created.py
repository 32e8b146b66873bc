"""A record is created."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.definitions import TypeDef
from records.models import Event
from workflows.triggers.base import Trigger


class Created(Trigger):
    def wants(self, given: Mapping[str, Any], keys: frozenset[str], action: str) -> bool:
        return action == "create"

    def matches(self, given: Mapping[str, Any], event: Event) -> bool:
        return event.action == Event.Action.CREATED

    def says(self, given: Mapping[str, Any], record_type: TypeDef) -> str:
        return _("When a record of %(type)s is created") % {"type": record_type.plural_label}


CREATED = Created(
    key="created",
    label=gettext_lazy("A record is created"),
    description=gettext_lazy("On a screen, by an import, the API or another automation."),
    icon="plus",
    follows=True,
)
