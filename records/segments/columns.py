"""What the list of a segment shows, where nobody chose columns for it."""

from __future__ import annotations

from collections.abc import Sequence

from crm_config.definitions import TypeDef
from crm_config.segments import segments_of
from records.access import Access
from records.segments.rights import may_use


def usual_columns(
    segments: Sequence[str], record_type: TypeDef, *, access: Access
) -> tuple[str, ...]:
    """Of a list that is limited to these segments: those of the segment, if it is one and says any. Empty: those
    of the type."""
    if len(segments) != 1:
        return ()
    found = segments_of(access.snapshot).get(segments[0])
    if found is None or found.record_type.key != record_type.key or not may_use(found, access):
        return ()
    return found.columns
