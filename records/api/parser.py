"""Bodies are JSON, strictly: no NaN, no infinities, no half characters that a database refuses."""

from __future__ import annotations

import json
import re
from typing import Any

from django.http import HttpRequest
from ninja.parser import Parser

from records.api.problems import Problem

MEDIA_TYPES = frozenset({"application/json", "application/merge-patch+json"})
_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


class StrictParser(Parser):
    def parse_body(self, request: HttpRequest) -> Any:
        """Raises `Problem`, which ninja passes on as the cause of its own error."""
        if request.content_type not in MEDIA_TYPES:
            raise Problem("not_json", headers={"Accept": ", ".join(sorted(MEDIA_TYPES))})
        try:
            return loads(request.body)
        except (ValueError, RecursionError) as error:
            raise Problem("unreadable") from error


def loads(body: bytes | str) -> Any:
    """Raises `ValueError`, or `RecursionError` for what is nested too deeply."""
    raw = body.encode() if isinstance(body, str) else body
    found = json.loads(raw, parse_constant=_refuse)
    if _SURROGATE.search(raw):
        # Pairs are characters; a half of one is not, and cannot be written down.
        json.dumps(found, ensure_ascii=False).encode()
    return found


def _refuse(constant: str) -> None:
    raise ValueError(constant)
