"""Raw answers as any database keeps them: without NUL and halves of surrogate pairs, and not without end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

DEEPEST = 4
MOST_MEMBERS = 500


def plain(raw: Any, depth: int = 0) -> Any:
    if isinstance(raw, str):
        return raw.replace("\0", "").encode(errors="ignore").decode()
    if depth >= DEEPEST:
        return None if isinstance(raw, Mapping | list | tuple) else raw
    if isinstance(raw, Mapping):
        some = list(raw.items())[:MOST_MEMBERS]
        return {plain(str(k)): plain(v, depth + 1) for k, v in some}
    if isinstance(raw, list | tuple):
        return [plain(v, depth + 1) for v in raw[:MOST_MEMBERS]]
    return raw
