"""Something that waits for somebody, whatever it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from records.selectors import RecordView


@dataclass(frozen=True, eq=False)
class Item:
    """`at` is when it is to happen or until when it is to be done; None where there is no such time. `kind` is
    that of its source. `note` says in a few words why it is here, where that is not plain. `closes`: it can be
    done with from the list."""

    kind: str
    record: RecordView
    at: datetime | None = None
    note: str = ""
    closes: bool = False

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.record.id}"
