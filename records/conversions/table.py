"""Which kinds of field may become which: what people would expect to keep their values."""

from __future__ import annotations

from collections.abc import Mapping

from crm_config.definitions import FieldDef

TEXTS = frozenset({"text", "long_text"})
#: What can be read out of text. Values that cannot be read stay behind and are listed.
READ_FROM_TEXT = frozenset(
    {
        "address",
        "auto_number",
        "boolean",
        "choice",
        "date",
        "datetime",
        "decimal",
        "duration",
        "email",
        "integer",
        "location",
        "long_text",
        "money",
        "multi_choice",
        "percent",
        "phone",
        "rating",
        "rich_text",
        "text",
        "time",
        "url",
    }
)

#: By kind, the kinds it may become. Links, files and images keep theirs: only a new field can be one.
CONVERSIONS: Mapping[str, frozenset[str]] = {
    "text": READ_FROM_TEXT,
    "long_text": READ_FROM_TEXT,
    "rich_text": TEXTS,
    "integer": TEXTS | {"decimal", "percent", "money", "rating"},
    "decimal": TEXTS | {"integer", "percent", "money", "rating"},
    "percent": TEXTS | {"integer", "decimal"},
    "rating": TEXTS | {"integer", "decimal"},
    "money": TEXTS | {"integer", "decimal"},
    "date": TEXTS | {"datetime"},
    "datetime": TEXTS | {"date"},
    "time": TEXTS,
    "duration": TEXTS,
    "boolean": TEXTS,
    "choice": TEXTS | {"multi_choice"},
    "multi_choice": TEXTS | {"choice"},
    "email": TEXTS,
    "phone": TEXTS,
    "url": TEXTS,
    "address": TEXTS,
    "location": TEXTS,
    "user": TEXTS,
    "team": TEXTS,
    "auto_number": TEXTS,
}


def worked_out(field: FieldDef) -> bool:
    """Whether values come from other fields, and are made anew rather than converted. Automatic numbers do
    not: each is given once."""
    return field.type.computed and field.type.key != "auto_number"


def possible(before: FieldDef, after: FieldDef) -> bool:
    """Whether the values of one definition can be read as another's at all."""
    if worked_out(after) and not worked_out(before):
        return False
    old, new = before.type.kind, after.type.kind
    return old == new or new in CONVERSIONS.get(old, frozenset())
