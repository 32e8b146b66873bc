"""What an evaluation saw: a verdict per node, to explain a decision by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from crm_config.conditions.tree import Node


@dataclass(frozen=True, eq=False)
class Trace:
    """`saw` holds, of a comparison, the stored values it met; of a relation, the number of records or
    the figure. `parts` are those of the inner nodes, on the record itself; a relation's condition is
    asked of other records, and has none."""

    node: Node
    verdict: bool
    saw: tuple[Any, ...] = ()
    parts: tuple[Trace, ...] = ()

    def __bool__(self) -> bool:
        return self.verdict

    def leaves(self) -> Iterator[Trace]:
        """The comparisons, in the order in which they were written."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()
