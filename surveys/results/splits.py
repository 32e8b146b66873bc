"""What results can be split by: fields of the record asked about and of the person who answered, and segments.

A field must be readable on every record that the reader sees: else a group would tell what its records have in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from crm_config.definitions import FieldDef, TypeDef
from records.access import Access
from records.segments.rights import usable
from surveys.definitions import SurveyDef
from surveys.results import reach

#: Whose values are few enough to be groups.
KINDS = ("choice", "multi_choice", "boolean", "user", "team", "link")
PERSON = "person."
SEGMENT = "segment:"
LANGUAGE = "language"
#: Who wrote or archived a record is of no interest here.
LEFT_OUT = ("created_by", "modified_by")


@dataclass(frozen=True, eq=False)
class Split:
    """`place` is the link of a response that leads to the record: `record` or `person`."""

    key: str
    label: str
    place: str = "record"
    field: FieldDef | None = None
    type: TypeDef | None = None
    segment: str = ""


def splits(survey: SurveyDef, access: Access) -> list[Split]:
    """Of anonymous surveys none: their answers name no record."""
    record_type = reach.about(survey, access.snapshot)
    if record_type is None or survey.is_anonymous:
        return []
    found = list(_fields(record_type, access, "record"))
    for person in reach.asked_types(survey, access.snapshot):
        if person is not record_type:
            found += _fields(person, access, "person")
    for segment in usable(access, record_type):
        found.append(Split(SEGMENT + segment.key, segment.label, segment=segment.key))
    return found


def split_named(key: str, survey: SurveyDef, access: Access) -> Split | None:
    return next((split for split in splits(survey, access) if split.key == key), None)


def _fields(record_type: TypeDef, access: Access, place: str) -> Iterator[Split]:
    if not access.may("view", record_type):
        return
    readable = access.readable_everywhere(record_type)
    for f in record_type.all_fields.values():
        if f.key in readable and f.key not in LEFT_OUT and f.type.kind in KINDS:
            mine = place == "record"
            label = f.label if mine else f"{record_type.label}: {f.label}"
            key = f.key if mine else f"{PERSON}{record_type.key}.{f.key}"
            yield Split(key, label, place, f, record_type)
