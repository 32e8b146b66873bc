"""Other ways to look at a list: apps above add them here, in `AppConfig.ready()`, such as a board."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from crm_config.definitions import TypeDef
from records.access import Access
from records.views.state import ListState

#: The address that shows the same records, or nothing where the type cannot be looked at so.
Address = Callable[[TypeDef, ListState, Access], str]


@dataclass(frozen=True, eq=False)
class ListMode:
    key: str
    label: str | Promise
    icon: str
    address: Address
    order: int = 100


@dataclass(frozen=True)
class Way:
    """A mode as the switch shows it."""

    label: str | Promise
    icon: str
    url: str
    current: bool = False


_modes: dict[str, ListMode] = {}


def register(mode: ListMode) -> None:
    if mode.key in _modes:
        raise RuntimeError(f"Two ways to look at a list call themselves {mode.key!r}.")
    _modes[mode.key] = mode


def ways(
    record_type: TypeDef, state: ListState, access: Access, *, current: str = "list"
) -> list[Way]:
    """All that this type can be looked at, the list itself first; nothing where there is only the list."""
    found = [Way(LIST.label, LIST.icon, state.url(record_type), current == LIST.key)]
    for mode in sorted(_modes.values(), key=lambda mode: mode.order):
        if url := mode.address(record_type, state, access):
            found.append(Way(mode.label, mode.icon, url, current == mode.key))
    return found if len(found) > 1 else []


def _plain(record_type: TypeDef, state: ListState, access: Access) -> str:
    return state.url(record_type)


LIST = ListMode("list", _("List"), "list-ul", _plain, order=0)
