"""Keys of configured objects: `[a-z][a-z0-9_]*`, at most 50 characters, without `__`; they never change."""

import re

MAX_KEY = 50
_KEY = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*_?\Z")

#: Keys that every record already has: a field may not take one.
SYSTEM_KEYS = frozenset(
    {
        "id",
        "type",
        "title",
        "owner",
        "team",
        "stage",
        "stage_entered_at",
        "created_at",
        "created_by",
        "modified_at",
        "modified_by",
        "archived_at",
        "version",
        "data",
        "long_data",
        "norm",
    }
)


def is_key(text: object) -> bool:
    return isinstance(text, str) and len(text) <= MAX_KEY and _KEY.match(text) is not None
