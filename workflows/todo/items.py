"""Something that waits for somebody, whatever it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from records.selectors import RecordView
from records.selectors.names import record_url
from workflows.todo.origins import Origin


@dataclass(frozen=True, eq=False)
class Item:
    """`at` is when it is to happen or until when it is to be done; None where there is no such time. `kind` is
    that of its source. `note` says in a few words why it is here, where that is not plain. `closes`: it can be
    done with from the list. `record` is None where it is not about one that its reader sees; then `name`, `url`,
    `sort` and `icon` say what it is. `work` is the record in which it is done: where that has a line of its own, this
    one is left out. `origin` is what its record comes from."""

    kind: str
    record: RecordView | None
    at: datetime | None = None
    note: str = ""
    closes: bool = False
    name: str = ""
    url: str = ""
    sort: str = ""
    icon: str = ""
    work: int | None = None
    origin: Origin | None = None

    @property
    def title(self) -> str:
        return self.name or (self.record.title if self.record else "")

    @property
    def address(self) -> str:
        return self.url or (record_url(self.record.id) if self.record else "")

    @property
    def type_label(self) -> str:
        return self.sort or (self.record.type.label if self.record else "")

    @property
    def symbol(self) -> str:
        return self.icon or (self.record.type.icon if self.record else "") or "list-check"
