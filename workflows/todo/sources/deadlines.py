"""Deadlines of one's own records that are over, or are soon."""

from __future__ import annotations

from collections.abc import Sequence

from workflows.deadlines.selectors import due_for
from workflows.deadlines.shown import shown
from workflows.todo.items import Item
from workflows.todo.sources.base import Asked


class Deadlines:
    key = "deadline"

    def items(self, asked: Asked) -> Sequence[Item]:
        found = []
        for record, level, row in due_for(asked.access, user=asked.user, until=asked.until):
            said = shown(level, row, asked.access.now)
            at = row.breached_at or row.due_at
            found.append(Item(self.key, record, at=at, note=f"{said.label}: {said.words}"))
        return found
