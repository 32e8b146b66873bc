"""What became of one row of a file, and why; kept as short JSON beside the rows of its chunk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Status = Literal["created", "updated", "unchanged", "refused"]

LABELS: Mapping[str, Promise] = {
    "created": _("Created"),
    "updated": _("Updated"),
    "unchanged": _("Unchanged"),
    "refused": _("Refused"),
}
#: What a dry run says.
FUTURE: Mapping[str, Promise] = {
    "created": _("To be created"),
    "updated": _("To be updated"),
    "unchanged": _("Stays as it is"),
    "refused": _("Refused"),
}
KEPT_OF_A_VALUE = 200


class Unreadable(ValueError):
    """A cell from which no value can be made. django-import-export takes it for a row's error."""

    def __init__(self, code: str, message: str) -> None:
        self.code = code
        super().__init__(message)


@dataclass(frozen=True)
class Fault:
    """`column` and `value` as in the file; `field` is the key it was to go to. All but the message may
    be empty: a fault can be about the whole row."""

    code: str
    message: str
    column: str = ""
    field: str = ""
    value: str = ""


@dataclass(frozen=True)
class Correction:
    """The mapping said to read one text as another."""

    column: str
    found: str
    read_as: str


@dataclass
class RowOutcome:
    """A row that was written can still have faults: a link that was left out."""

    status: Status
    record: int | None = None
    faults: list[Fault] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def dump(self) -> dict[str, Any]:
        raw: dict[str, Any] = {"s": self.status}
        if self.record:
            raw["id"] = self.record
        if self.faults:
            raw["f"] = [[f.code, f.message, f.column, f.field, f.value] for f in self.faults]
        if self.corrections:
            raw["c"] = [[c.column, c.found, c.read_as] for c in self.corrections]
        if self.remarks:
            raw["r"] = list(self.remarks)
        return raw

    @classmethod
    def load(cls, raw: Mapping[str, Any]) -> RowOutcome:
        return cls(
            status=raw["s"],
            record=raw.get("id"),
            faults=[Fault(*each) for each in raw.get("f", ())],
            corrections=[Correction(*each) for each in raw.get("c", ())],
            remarks=list(raw.get("r", ())),
        )


def told(value: Any) -> str:
    """A cell as a message or a sheet shows it."""
    if value is None:
        return ""
    return str(value)[:KEPT_OF_A_VALUE]
