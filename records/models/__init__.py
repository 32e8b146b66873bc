from records.models.api import ApiToken, IdempotencyKey
from records.models.contact import (
    BudgetRule,
    ContactEntry,
    ContactKind,
    ContactPeople,
    Unsubscription,
)
from records.models.event import Event
from records.models.imports import ImportChunk, ImportRun, SavedMapping
from records.models.link import RecordLink, UniqueValue
from records.models.personal import RecentRecord, SavedView, StarredRecord
from records.models.record import Record
from records.models.search import SearchEntry
from records.models.segments import SegmentCount, SegmentMember, SegmentMove, SegmentSeen
from records.models.serial import Counter, TypeSerial
from records.models.sharing import Delegation, RecordShare
from records.models.simulation import Simulation
from records.models.typed import TypedDraft

__all__ = [
    "ApiToken",
    "BudgetRule",
    "ContactEntry",
    "ContactKind",
    "ContactPeople",
    "Counter",
    "Delegation",
    "Event",
    "IdempotencyKey",
    "ImportChunk",
    "ImportRun",
    "RecentRecord",
    "Record",
    "RecordLink",
    "RecordShare",
    "SavedMapping",
    "SavedView",
    "SearchEntry",
    "SegmentCount",
    "SegmentMember",
    "SegmentMove",
    "SegmentSeen",
    "Simulation",
    "StarredRecord",
    "TypeSerial",
    "TypedDraft",
    "UniqueValue",
    "Unsubscription",
]
