"""Requests as lines of a list: a few queries for all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from crm_config.definitions import TypeDef
from records.access import Access
from records.selectors.recent import visible_in_order
from workflows.approvals.selectors import asked_people
from workflows.approvals.shown import process_label
from workflows.models import ApprovalRequest


@dataclass(frozen=True)
class Brief:
    """`title` is empty for a new record, and for one that the reader may not see."""

    request: ApprovalRequest
    process: str
    type: TypeDef | None
    title: str
    people: str


def briefs(requests: Iterable[ApprovalRequest], access: Access) -> list[Brief]:
    rows = list(requests)
    ids = list(dict.fromkeys(row.record_id for row in rows if row.record_id is not None))
    titles = {view.id: view.title for view in visible_in_order(ids, access=access)}
    people = asked_people(rows)
    return [
        Brief(
            row,
            process_label(row, access),
            access.snapshot.types.get(row.type),
            titles.get(row.record_id or 0, ""),
            ", ".join(people.get(row.pk, ())),
        )
        for row in rows
    ]
