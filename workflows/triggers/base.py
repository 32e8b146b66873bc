"""What a kind of trigger is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from crm_config.definitions import TypeDef
from records.models import Event
from workflows.automations.arguments import Argument, Text


@dataclass(frozen=True, eq=False)
class Trigger:
    """`follows`: set off by what happens to records, told to `matches`. Others are fired, by the clock, a person
    or another part, with a detail that `fits` looks at."""

    key: str
    label: Text
    description: Text
    icon: str = "tasks"
    arguments: tuple[Argument, ...] = ()
    follows: bool = False

    def wants(self, given: Mapping[str, Any], keys: frozenset[str], action: str) -> bool:
        """While a change is made: whether it can be one of those that set it off."""
        return self.follows

    def matches(self, given: Mapping[str, Any], event: Event) -> bool:
        return False

    def fits(self, given: Mapping[str, Any], detail: Mapping[str, Any]) -> bool:
        return True

    def says(self, given: Mapping[str, Any], record_type: TypeDef) -> str:
        """How the sentence begins: “When …”."""
        return _("%(trigger)s (%(type)s)") % {"trigger": self.label, "type": record_type.label}


def label_of(record_type: TypeDef, key: Any) -> str:
    found = record_type.all_fields.get(str(key))
    return found.label if found else str(key)
