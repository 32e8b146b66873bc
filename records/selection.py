"""Which records of a list are meant: some chosen ones, or all that match."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from crm_config.definitions import TypeDef
from records.access import Access
from records.selectors import Query, count, visible
from records.selectors.lists import Count


@dataclass(frozen=True)
class Selection:
    """`ids` are the chosen ones, None for all; the rest says what all match. As JSON it goes with a job."""

    type: str
    ids: tuple[int, ...] | None = None
    where: Any = None
    search: str = ""
    archived: bool = False

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Selection:
        ids = kept.get("ids")
        return cls(
            kept["type"],
            tuple(ids) if ids is not None else None,
            kept.get("where"),
            kept.get("search", ""),
            kept.get("archived", False),
        )

    def json(self) -> dict[str, Any]:
        return {
            "type": self.type,
            "ids": list(self.ids) if self.ids is not None else None,
            "where": self.where,
            "search": self.search,
            "archived": self.archived,
        }

    def query(self, record_type: TypeDef, **more: Any) -> Query:
        return Query(
            record_type,
            where=self.where,
            search=self.search,
            ids=self.ids,
            archived=self.archived,
            **more,
        )

    def record_type(self, access: Access) -> TypeDef:
        """Raises `KeyError` where it is no longer there."""
        return access.snapshot.types[self.type]


def how_many(selection: Selection, *, access: Access, action: str = "view") -> Count:
    query = selection.query(selection.record_type(access), action=action)
    return count(query, access=access, exactly=True)


def chunks(
    selection: Selection, *, access: Access, size: int, after: int = 0, action: str = "view"
) -> Iterator[Sequence[int]]:
    """The ids in order, some at a time, from after a given one: work that was cut off goes on there."""
    query = selection.query(selection.record_type(access), action=action)
    while True:
        rows = visible(query, access=access).filter(pk__gt=after).order_by("pk")
        ids = list(rows.values_list("pk", flat=True)[:size])
        if not ids:
            return
        yield ids
        after = ids[-1]
