"""Values of a record change."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.definitions import TypeDef
from records.models import Event
from workflows.automations.arguments import Argument
from workflows.triggers.base import Trigger, label_of

ACTIONS = frozenset({Event.Action.CHANGED, Event.Action.COMPUTED})


class Changed(Trigger):
    def wants(self, given: Mapping[str, Any], keys: frozenset[str], action: str) -> bool:
        return action == "change" and self._touches(given, keys)

    def matches(self, given: Mapping[str, Any], event: Event) -> bool:
        return event.action in ACTIONS and self._touches(given, event.changes.keys())

    def _touches(self, given: Mapping[str, Any], keys: Any) -> bool:
        watched = given.get("fields") or ()
        return not watched or not set(watched).isdisjoint(keys)

    def says(self, given: Mapping[str, Any], record_type: TypeDef) -> str:
        names = ", ".join(label_of(record_type, key) for key in given.get("fields") or ())
        if not names:
            return _("When a record of %(type)s changes") % {"type": record_type.plural_label}
        return _("When %(fields)s of %(type)s changes") % {
            "fields": names,
            "type": record_type.label,
        }


CHANGED = Changed(
    key="changed",
    label=gettext_lazy("Values change"),
    description=gettext_lazy("One of the fields named gets another value; without any, whichever."),
    icon="edit",
    arguments=(Argument("fields", "fields", gettext_lazy("Fields")),),
    follows=True,
)
