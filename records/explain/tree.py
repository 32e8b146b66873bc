"""What an explanation is made of: parts with a verdict each, and remedies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from crm_config.definitions import TypeDef


@dataclass(frozen=True)
class Part:
    """One thing that was asked. `kind` is stable: `person`, `action`, `role`, `scope`, `condition`, `all`, `any`,
    `not`, `leaf`, `share`, `field`, `input`, `computed`, `token`, `unlimited`, `archived`, `retired`, `none`. `saw`
    is what it looked at, in words, as far as whoever reads may see it."""

    kind: str
    words: str
    verdict: bool
    parts: Sequence[Part] = ()
    saw: str = ""

    def json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "words": self.words,
            "verdict": self.verdict,
            "saw": self.saw,
            "parts": [part.json() for part in self.parts],
        }


@dataclass(frozen=True)
class Remedy:
    """What would make it a yes. `kind`: `share` (at `level`), `scope` and `grant` (`grants` of a `role`, by
    action), `field` (of a `role`, at `level`), `role` (to be given), `restore`."""

    kind: str
    words: str
    level: str = ""
    role: str = ""
    grants: Mapping[str, str] = field(default_factory=dict)

    def json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "words": self.words,
            "level": self.level,
            "role": self.role,
            "grants": dict(self.grants),
        }


@dataclass(frozen=True)
class Explanation:
    """`parts` holds one for each person as whom is asked, and what stands in the way whoever asks."""

    who: str
    action: str
    type: TypeDef
    record: int | None
    words: str
    verdict: bool
    parts: Sequence[Part]
    remedies: Sequence[Remedy] = ()
    #: What decides besides the rights: for `transition`, each move with all that it meets.
    further: Sequence[Part] = ()
    #: Its key, where one field was asked about.
    field: str = ""

    def json(self) -> dict[str, Any]:
        return {
            "user": self.who,
            "action": self.action,
            "type": self.type.key,
            "record": self.record,
            "field": self.field,
            "verdict": self.verdict,
            "words": self.words,
            "parts": [part.json() for part in self.parts],
            "remedies": [remedy.json() for remedy in self.remedies],
            "further": [part.json() for part in self.further],
        }
