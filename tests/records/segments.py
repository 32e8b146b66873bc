"""Helpers of the tests of segments at work."""

from __future__ import annotations

from typing import Any

from crm_config.live import live
from crm_config.models import User
from crm_config.segments import SegmentDef, segments_of
from records.access import Access
from records.segments import services
from records.selectors import Query, visible


def segment_named(key: str) -> SegmentDef:
    return segments_of(live())[key]


def change(key: str, act: Any, *ids: int, user: User, why: str = "") -> list[str]:
    """What became of each, by code."""
    access = Access.of(user)
    found = services.change_list(segment_named(key), ids, act, access=access, why=why)
    return [outcome.code for outcome in found]


def members_for(user: User, key: str) -> set[int]:
    """As a list filtered by the segment shows them."""
    segment = segment_named(key)
    rows = visible(Query(segment.record_type, where={"segment": key}), access=Access.of(user))
    return set(rows.values_list("pk", flat=True))
