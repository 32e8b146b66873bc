"""What a section of the configuration must be able to do, and the register of them.

Higher apps register theirs in `AppConfig.ready()`: `sections.register(PipelineSection())`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from crm_config.compiler import Draft
    from crm_config.problems import Problem

Path = tuple[str, ...]


@dataclass(frozen=True)
class Reference:
    """`source` uses `target`. Both are paths in the payload:
    `("record_types", "deal", "fields", "amount")`, `("roles", "sales")`.

    A `weak` reference may stand while its target is archived: a right on a field, or a link of an archived
    field, means nothing meanwhile, and must be there when the target comes back."""

    source: Path
    target: Path
    how: str
    weak: bool = False


class ConfigSection:
    """Base of all sections. A section's part of the payload is a list of objects, each with a `key`,
    in an order that says nothing or is itself configured; or one object (`keyed = False`)."""

    key: str
    keyed: bool = True
    #: Left out of the payload while it is empty, as it was before there was such a section.
    optional: bool = False

    def dump(self) -> Any:
        """The working copy of this section as JSON, in a stable order."""
        raise NotImplementedError

    def load(self, part: Any, *, replace: bool) -> None:
        """Write a part into the working copy: adding and updating by key; with `replace`, also removing
        what the part does not hold."""
        raise NotImplementedError

    def check(self, part: Any, draft: Draft) -> Iterable[Problem]:
        """What is wrong with the part, seen together with the rest of the payload."""
        return ()

    def compile(self, part: Any, draft: Draft) -> Any:
        """What the running system gets under `snapshot.sections[key]`."""
        return None

    def references(self, part: Any, draft: Draft) -> Iterable[Reference]:
        return ()


_sections: dict[str, ConfigSection] = {}


def register(section: ConfigSection) -> None:
    if section.key in _sections:
        raise RuntimeError(f"Two configuration sections call themselves {section.key!r}.")
    _sections[section.key] = section


def all_sections() -> Iterator[ConfigSection]:
    """In the order of registration: what others refer to comes first."""
    return iter(_sections.values())


def get(key: str) -> ConfigSection:
    return _sections[key]
