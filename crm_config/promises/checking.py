"""Whether promises hold, and the counter-example of one that does not.

The app that holds the records registers its `Checker`; without one, nothing is known and nothing is claimed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from crm_config.compiler import Draft
from crm_config.definitions import Snapshot
from crm_config.models import User
from crm_config.problems import Problem
from crm_config.promises.definition import PromiseDef


@dataclass(frozen=True)
class Example:
    """Why a promise does not hold: who, which record, and by what. Named by key and id, so that whoever looks
    at it sees the names that they may see.

    `roles` are those whose grants do it; `alone` says that the role does it by itself, whoever has it. A
    `broken` promise could not be checked, for the reason given there, and counts as not kept.
    """

    role: str = ""
    user: int | None = None
    record: int | None = None
    action: str = ""
    type: str = ""
    field: str = ""
    roles: tuple[str, ...] = ()
    scope: str = ""
    alone: bool = False
    reason: str = ""
    broken: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            name: value
            for name, value in asdict(self).items()
            if value not in ("", None, (), False)
        }

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> Example:
        known = {name: raw[name] for name in cls.__dataclass_fields__ if name in raw}
        return cls(**{**known, "roles": tuple(raw.get("roles", ()))})


@dataclass(frozen=True)
class Verdict:
    promise: PromiseDef
    example: Example | None = None

    @property
    def kept(self) -> bool:
        return self.example is None


class Checker:
    """Base, which knows nothing."""

    def verdicts(self, snapshot: Snapshot) -> Sequence[Verdict]:
        """Of all promises of a snapshot, compiled with where its values stand."""
        return ()

    def look(self, snapshot: Snapshot, key: str) -> Verdict | None:
        """At one promise of the working copy, at once; what is found is kept."""
        return None

    def digest(self, promise: PromiseDef) -> str:
        """Tells whether a kept check was of what the promise says now."""
        return ""

    def start(self, user: User) -> None:
        """Looks at all, under what is published and under the working copy, by a job."""

    def running(self) -> Any:
        """The job that looks at them right now."""
        return None

    def record(self, record: int, user: User) -> tuple[str, str] | None:
        """The title and address of a record, for those who may see it."""
        return None

    def problems(self, draft: Draft) -> Sequence[Problem]:
        """The promises that a draft would break: what stands in the way of publishing it."""
        return ()


_registered: list[Checker] = []


def register(checker: Checker) -> None:
    if _registered:
        raise RuntimeError(
            "A checker of promises was registered already: only one app has records."
        )
    _registered.append(checker)


def get() -> Checker:
    return _registered[0] if _registered else Checker()
