"""A field gets a certain value."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.definitions import TypeDef
from records.models import Event
from workflows.automations.arguments import Argument
from workflows.triggers.base import Trigger, label_of

ACTIONS = frozenset({Event.Action.CREATED, Event.Action.CHANGED, Event.Action.COMPUTED})


class ChangedTo(Trigger):
    def wants(self, given: Mapping[str, Any], keys: frozenset[str], action: str) -> bool:
        return action in ("create", "change") and given.get("field") in keys

    def matches(self, given: Mapping[str, Any], event: Event) -> bool:
        before, after = event.changes.get(given.get("field", ""), (None, None))
        wanted = str(given.get("value", ""))
        return event.action in ACTIONS and is_now(after, wanted) and not is_now(before, wanted)

    def says(self, given: Mapping[str, Any], record_type: TypeDef) -> str:
        names = {"field": label_of(record_type, given.get("field")), "type": record_type.label}
        found = record_type.all_fields.get(str(given.get("field")))
        option = found.choice_map.get(str(given.get("value"))) if found else None
        value = option.label if option else given.get("value")
        return _("When %(field)s of %(type)s becomes %(value)s") % {**names, "value": value}


def is_now(stored: Any, wanted: str) -> bool:
    """Options and texts as they are, yes and no as `true` and `false`; of several options, one is enough."""
    if isinstance(stored, list):
        return wanted in map(str, stored)
    if isinstance(stored, bool):
        return wanted == str(stored).lower()
    return stored is not None and str(stored) == wanted


CHANGED_TO = ChangedTo(
    key="changed_to",
    label=gettext_lazy("A field gets a certain value"),
    description=gettext_lazy("It had another one before, or none."),
    icon="check",
    arguments=(
        Argument("field", "field", gettext_lazy("Field"), required=True),
        Argument(
            "value", "option", gettext_lazy("Value"),
            gettext_lazy("Of a choice, the key of the option; of yes or no, true or false."), required=True,
        ),
    ),
    follows=True,
)  # fmt: skip
