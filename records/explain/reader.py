"""Who reads an explanation, and what of it they may be told."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from crm_config.conditions.api import Names
from crm_config.definitions import TypeDef
from records.access import Access
from records.models import Record
from records.selectors.names import link_labels, team_names, user_names
from records.selectors.reading import RecordView, view_of


@dataclass(frozen=True)
class Reader:
    """`record` is None where a whole type is asked about."""

    access: Access
    type: TypeDef
    record: Record | None = None

    @cached_property
    def knows_rules(self) -> bool:
        """Administrators write the conditions, and may read them; others are told no operands."""
        return self.access.unlimited or any(role.administers for role in self.access.roles)

    @cached_property
    def view(self) -> RecordView | None:
        """The record as the reader sees it; None where they do not."""
        if self.record is None or not self.access.allows("view", self.record, self.type):
            return None
        return view_of(self.record, access=self.access)

    def sees(self, key: str) -> bool:
        return self.view is not None and key in self.view.readable

    def value(self, key: str) -> str:
        """In words; empty where it is, or where the reader may not see it."""
        return self.view.display(key) if self.view is not None and self.sees(key) else ""

    def names(self, users: set[int], teams: set[int], records: set[int]) -> Names:
        return Names(
            users=user_names(users),
            teams=team_names(teams),
            records=link_labels(records, access=self.access),
        )
