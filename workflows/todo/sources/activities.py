"""Tasks, calls, meetings, visits: records of the types with the trait `activity` that are not done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from crm_config.definitions import TypeDef
from records.access import Access
from records.models import Record
from records.selectors import Query, RecordView, first_rows, views_of
from workflows.todo.items import Item
from workflows.todo.sources.base import MOST, Asked

TRAIT = "activity"
#: When it is to be done, or to happen: the earlier says when it comes up.
TIMES = ("due", "starts")
SHOWN = ("title", "owner", "about", "due", "starts", "done")


class Activities:
    key = "activity"

    def items(self, asked: Asked) -> Sequence[Item]:
        found: list[Record] = []
        for record_type in activity_types(asked.access):
            found += _open(record_type, asked)
        views = views_of(found, access=asked.access, keys=SHOWN)
        return [item_of(view) for view in views]


def activity_types(access: Access) -> list[TypeDef]:
    """Those of which this person may read whether and when they are done."""
    return [t for t in access.visible_types() if TRAIT in t.traits and times_of(t, access)]


def times_of(record_type: TypeDef, access: Access) -> list[str]:
    readable = access.readable_everywhere(record_type)
    if "done" not in readable or "done" not in record_type.fields:
        return []
    return [key for key in TIMES if key in readable and key in record_type.fields]


def _open(record_type: TypeDef, asked: Asked) -> list[Record]:
    """Of one type, those that came up last."""
    times = times_of(record_type, asked.access)
    until = asked.until.isoformat()
    where = {
        "all": [
            {"field": "owner", "op": "eq", "value": asked.user},
            {"not": {"field": "done", "op": "is_true"}},
            {"any": [{"field": key, "op": "lt", "value": until} for key in times]},
        ]
    }
    query = Query(record_type, where=where, sort=f"-{times[0]}", columns=SHOWN)
    return first_rows(query, access=asked.access, size=MOST)


def item_of(view: RecordView) -> Item:
    return Item(Activities.key, view, at=moment_of(view), closes=may_close(view))


def moment_of(view: RecordView) -> datetime | None:
    known = [view.value(key) for key in TIMES if key in view.type.fields and key in view.readable]
    return min((moment for moment in known if moment is not None), default=None)


def may_close(view: RecordView) -> bool:
    return "done" in view.type.fields and view.writable("done")


def about(view: RecordView) -> list[tuple[int, Any]]:
    """The records it is about that its reader may see, with their titles."""
    if "about" not in view.readable or "about" not in view.type.fields:
        return []
    return [(pk, view.names.records[pk].title) for pk in view.value("about") or ()]
