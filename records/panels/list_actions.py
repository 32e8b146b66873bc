"""What else can be done with the records chosen in a list, or with those of a segment: apps above add it here, in
`AppConfig.ready()`. The address takes what a list's form sends, or `segment`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from crm_config.definitions import TypeDef
from records.access import Access

#: The address, or nothing where it cannot be done with records of the type.
Address = Callable[[TypeDef, Access], str]


@dataclass(frozen=True, eq=False)
class ListAction:
    key: str
    label: str | Promise
    address: Address


_actions: dict[str, ListAction] = {}


def register(action: ListAction) -> None:
    if action.key in _actions:
        raise RuntimeError(f"Two things to do with lists call themselves {action.key!r}.")
    _actions[action.key] = action


def offered(record_type: TypeDef, access: Access) -> list[tuple[str | Promise, str]]:
    """Labels and addresses."""
    found = [(a.label, a.address(record_type, access)) for a in _actions.values()]
    return [(label, url) for label, url in found if url]
