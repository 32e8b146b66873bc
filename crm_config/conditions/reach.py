"""How far a condition reaches into records: to all of them and all their fields, or as far as its author's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from django.db.models import Q

    from crm_config.conditions.subjects import Subject
    from crm_config.definitions import FieldDef, TypeDef


class Reach(Protocol):
    """Asked for each record that a link or a relation leads to, in both forms."""

    def q(self, record_type: TypeDef) -> Q | None:
        """Which records of the type are seen; None for all of them."""

    def sees(self, subject: Subject) -> bool: ...

    def field_q(self, field: FieldDef) -> Q | None:
        """On which records that are seen the field may be read; None for all of them. Where it may not, it
        counts as empty."""

    def reads(self, field: FieldDef, subject: Subject) -> bool: ...


@dataclass(frozen=True)
class Everywhere:
    """The system's own authority."""

    def q(self, record_type: TypeDef) -> Q | None:
        return None

    def sees(self, subject: Subject) -> bool:
        return True

    def field_q(self, field: FieldDef) -> Q | None:
        return None

    def reads(self, field: FieldDef, subject: Subject) -> bool:
        return True


EVERYWHERE = Everywhere()
