"""Gates that higher apps add: procedures, stages, approvals, computed values. Filled in `AppConfig.ready()`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from records.gate.batch import Batch

#: Called with the whole batch after validation, before anything is written. It refuses through
#: `draft.refuse(…)` or sets values through `draft.put(…)`, and asks the database once per batch, not per draft.
Gate = Callable[["Batch"], None]

_gates: list[tuple[int, str, Gate]] = []


def register(gate: Gate, *, name: str, order: int = 100) -> None:
    """Gates run by rising `order`. Raises `RuntimeError` for a name that is taken."""
    if any(known == name for _order, known, _gate in _gates):
        raise RuntimeError(f"Two gates are called {name!r}.")
    _gates.append((order, name, gate))
    _gates.sort(key=lambda entry: entry[:2])


#: Called with the batch once its rows and events are written, in the same transaction: what apps above keep of it.
Afterwards = Callable[["Batch"], None]

_afterwards: dict[str, Afterwards] = {}


def after_write(keeper: Afterwards, *, name: str) -> None:
    """Raises `RuntimeError` for a name that is taken."""
    if name in _afterwards:
        raise RuntimeError(f"Two keepers are called {name!r}.")
    _afterwards[name] = keeper


def keep(batch: Batch) -> None:
    for keeper in _afterwards.values():
        keeper(batch)


def gates() -> Sequence[Gate]:
    return [gate for _order, _name, gate in _gates]
