"""Forms that come with the packs, to begin a new one from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from crm_config import labels, packs
from crm_config.definitions import Snapshot
from forms_builder.definitions import SECTION


@dataclass(frozen=True)
class Starter:
    """`raw` is the form as its pack says it."""

    key: str
    raw: dict[str, Any]

    @property
    def label(self) -> str:
        return labels.text(self.raw.get("labels"), default=self.raw["key"])

    @property
    def intro(self) -> str:
        return labels.text(self.raw.get("intro"))

    @property
    def type(self) -> str:
        return str(self.raw["type"])


@cache
def all_starters(section: str = SECTION) -> tuple[Starter, ...]:
    """The files do not change while the site runs."""
    return tuple(_read(section))


def _read(section: str) -> Iterator[Starter]:
    for key in packs.shipped():
        for raw in packs.read(key).payload.get(section, ()):
            yield Starter(f"{key}.{raw['key']}", raw)


def fitting(snapshot: Snapshot, section: str = SECTION) -> list[Starter]:
    """Those about a record type that this company has."""
    known = {t.key for t in snapshot.active_types}
    return [starter for starter in all_starters(section) if starter.type in known]


def find(key: str, section: str = SECTION) -> Starter | None:
    return next((starter for starter in all_starters(section) if starter.key == key), None)
