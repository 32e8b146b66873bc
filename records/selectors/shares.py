"""With whom a record is shared."""

from __future__ import annotations

from collections.abc import Sequence

from records.access import Access
from records.models import RecordShare
from records.selectors.reading import RecordView


def shares_of(view: RecordView, *, access: Access) -> Sequence[RecordShare]:
    """Those in force, for whoever may share it themselves; nobody else is told."""
    if not view.may("share"):
        return ()
    rows = RecordShare.in_force(access.now).filter(record=view.id)
    return list(rows.select_related("user", "team", "given_by").order_by("given_at", "id"))
