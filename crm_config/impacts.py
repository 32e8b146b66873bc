"""What publishing a change-set does to live records, and what of it must not be published.

The app that holds the records registers its `Impacts`; without one, nothing is known and nothing is claimed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from crm_config.definitions import Snapshot
from crm_config.field_types.base import Text
from crm_config.models import User
from crm_config.problems import Problem
from crm_config.sections.base import Path

#: `blocking` is refused at publication; `loss` takes something out of sight or out of use; `note` is told.
Level = Literal["blocking", "loss", "note"]


@dataclass(frozen=True)
class Sample:
    """One record that is concerned: its id, its name and address, its value as people read it, and why."""

    id: int
    record: str
    url: str
    value: str
    why: str = ""


@dataclass(frozen=True)
class Impact:
    """What one difference does. `path` names the field, option or type; `message` says it in a sentence with
    the number of records; `samples` are some of them, as far as whoever asks sees the record and reads the
    field."""

    path: Path
    message: Text
    level: Level = "note"
    samples: Sequence[Sample] = ()


class Impacts:
    """Base, which knows nothing. `before` is what is published, `after` what would be."""

    def of(self, before: Snapshot, after: Snapshot, *, user: User | None) -> Sequence[Impact]:
        """Everything, in the order of types and fields. Numbers are told to everybody who may ask, samples as far
        as `user` sees them; nobody sees none."""
        return ()

    def problems(self, before: Snapshot, after: Snapshot) -> Sequence[Problem]:
        """What stands in the way of publishing: the blocking ones alone."""
        return ()


_registered: list[Impacts] = []


def register(impacts: Impacts) -> None:
    if _registered:
        raise RuntimeError("Impacts were registered already: only one app holds the records.")
    _registered.append(impacts)


def get() -> Impacts:
    return _registered[0] if _registered else Impacts()
