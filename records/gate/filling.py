"""A draft's values in its row."""

from __future__ import annotations

from crm_config.definitions import FieldDef
from records.conversions.former import former_parts
from records.conversions.reading import column_of
from records.gate.draft import Draft
from records.gate.titles import norm, title
from records.models import Record


def fill(draft: Draft, record: Record) -> None:
    """Put a draft's values into its row, with what is derived from them. Keys of fields that no longer exist
    stay where they are, and values that cannot be read, while nobody gives others; nulls go."""
    record_type = draft.record_type
    record.data = {key: value for key, value in record.data.items() if value is not None}
    record.long_data = {key: value for key, value in record.long_data.items() if value is not None}
    for f in record_type.fields.values():
        if f.type.storage != "links" and not draft.keeps(f):
            _fill_field(f, draft, record)
    record.title = title(record_type, draft.after)
    record.norm = norm(record_type, draft.after, record.title)


def _fill_field(f: FieldDef, draft: Draft, record: Record) -> None:
    column = column_of(f, record)
    for part in f.type.parts(f):
        column.pop(part, None)
    if f.former:
        for name, parts in former_parts(f).items():
            for part in parts:
                getattr(record, name).pop(part, None)
    if f.key in draft.after:
        column.update(
            {k: v for k, v in f.type.dump(f, draft.after[f.key]).items() if v is not None}
        )
