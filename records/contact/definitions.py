"""The contact budget as it is published, and how the people of each record type are written to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm_config import labels
from crm_config.definitions import FieldDef, Snapshot, TypeDef, nothing

BUDGET = "contact_budget"
PEOPLE = "contact_people"
SURVEY, CAMPAIGN, AUTOMATIC, TRANSACTIONAL = "survey", "campaign", "automatic", "transactional"
#: What rules may count. Transactional mail is free.
COUNTED: Mapping[str, Any] = {
    SURVEY: _("Surveys"),
    CAMPAIGN: _("Campaigns"),
    AUTOMATIC: _("Automatic mails"),
}


@dataclass(frozen=True, eq=False)
class RuleDef:
    """At most `most` messages of these kinds in `days` days."""

    key: str
    most: int
    days: int
    kinds: tuple[str, ...]
    labels: Mapping[str, str] = field(default_factory=nothing)
    segment: str = ""
    survey: str = ""
    roles: tuple[str, ...] = ()
    retired: bool = False

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> RuleDef:
        lists = {"kinds": tuple(raw["kinds"]), "roles": tuple(raw.get("roles", ()))}
        return cls(**{**raw, **lists})

    @property
    def label(self) -> str:
        return labels.text(self.labels, default=self.key)

    @property
    def rule(self) -> str:
        """Its name in refusals."""
        return f"{BUDGET}:{self.key}"


@dataclass(frozen=True)
class PeopleDef:
    """Keys of fields of the record type `key`; `option` is that of the field `consent`."""

    key: str
    email: str = ""
    language: str = ""
    consent: str = ""
    option: str = ""
    refuses: str = ""

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> PeopleDef:
        return cls(**raw)


def rules_of(snapshot: Snapshot) -> list[RuleDef]:
    """Those in use."""
    found: Mapping[str, RuleDef] = snapshot.sections.get(BUDGET) or {}
    return [rule for rule in found.values() if not rule.retired]


def people_of(record_type: TypeDef, snapshot: Snapshot) -> PeopleDef:
    """Where nothing was said, the first e-mail field is the address, and no field says yes or no."""
    found: Mapping[str, PeopleDef] = snapshot.sections.get(PEOPLE) or {}
    return found.get(record_type.key) or PeopleDef(record_type.key)


def email_field(record_type: TypeDef, snapshot: Snapshot) -> FieldDef | None:
    named = people_of(record_type, snapshot).email
    fields = [f for f in record_type.active if f.type.key == "email"]
    return next((f for f in fields if f.key == named or not named), None)
