"""How one file is to be read: what is empty is found out from the file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class FileSettings:
    """`heading_row` counts from one; 0 says that there are no headings, None that they are to be found."""

    format: str = ""
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    heading_row: int | None = None

    @classmethod
    def load(cls, raw: Mapping[str, Any]) -> FileSettings:
        """Raises `TypeError` for what is no setting."""
        return cls(**raw)

    def dump(self) -> dict[str, Any]:
        return {key: value for key, value in asdict(self).items() if value not in ("", None)}
