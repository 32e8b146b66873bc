"""Forms that administrators laid out for a moment of work: the app that knows them registers how one is found.

Where there is none, the form that is made from the fields stays.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from crm_config.definitions import FieldDef, TypeDef
from records.access import Access
from records.forms.record import RecordForm
from records.selectors import RecordView

#: What a form is wanted for.
CREATE, EDIT, QUICK, CONVERSION, TRANSITION, OUTCOME = (
    "create", "edit", "quick_create", "conversion", "transition", "outcome",
)  # fmt: skip
#: Of these there is no record yet.
NEW = frozenset({CREATE, QUICK})


@dataclass(frozen=True, eq=False)
class Wanted:
    """For what, by whom, and of which record. `to`: the stage that it is moved to; `query`: what the address hands
    over; `asked`: fields that have to be asked for whatever else stands on the form."""

    use: str
    type: TypeDef
    access: Access
    record: RecordView | None = None
    to: str = ""
    query: Mapping[str, str] = field(default_factory=dict)
    asked: Sequence[FieldDef] = ()

    @property
    def stage(self) -> str:
        """The record's, as far as the person may know it."""
        known = self.record is not None and "stage" in self.record.readable
        return (self.record.record.stage or "") if known and self.record else ""


class Make(Protocol):
    """Makes the form that was found, with what `RecordForm` takes."""

    def __call__(self, data: Any, files: Any, **given: Any) -> RecordForm: ...


Find = Callable[[Wanted], Make | None]
_registered: list[Find] = []


def register(find: Find) -> None:
    """In `AppConfig.ready()`. Raises `RuntimeError` where somebody does it already."""
    if _registered:
        raise RuntimeError("Forms for staff are found already: only one app keeps them.")
    _registered.append(find)


def find(wanted: Wanted) -> Make | None:
    return _registered[0](wanted) if _registered else None


def record_form(
    wanted: Wanted, data: Any = None, files: Any = None, *, fields: Sequence[FieldDef], **given: Any
) -> RecordForm:
    """The form that was laid out for this, or the one made from `fields`."""
    make = find(wanted)
    if make is None:
        return RecordForm(data, files, fields=fields, **given)
    return make(data, files, **given)
