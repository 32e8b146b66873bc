"""Lists that somebody else kept, as far as they are there for whoever opens them: what a part asks about that is not
there for them is not told, neither in words nor in an address."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from crm_config.conditions.api import ConditionInvalid, parse
from crm_config.definitions import TypeDef
from records.access import Access
from records.selectors.conditions import list_context

#: Stands in place of such a part. No condition says so: a list with it shows nothing, as with the part itself.
UNAVAILABLE: Final = {"unavailable": True}


def parts_for(parts: Sequence[Any], record_type: TypeDef, *, access: Access) -> list[Any]:
    context = list_context(record_type, access)

    def there(part: Any) -> bool:
        try:
            parse(part, context)
        except ConditionInvalid:
            return False
        return True

    return [part if there(part) else dict(UNAVAILABLE) for part in parts]


def columns_for(columns: Iterable[str], record_type: TypeDef, *, access: Access) -> tuple[str, ...]:
    return tuple(f.key for f in access.shown(record_type, columns))


def sort_for(sort: str, record_type: TypeDef, *, access: Access) -> str:
    """Empty where they may not sort by it: the list is sorted as usual."""
    key = sort.removeprefix("-")
    return sort if key == "id" or key in access.readable_everywhere(record_type) else ""
