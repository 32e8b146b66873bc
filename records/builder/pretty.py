"""JSON as people read it, and compared to the letter."""

import json
from typing import Any


def pretty(raw: Any) -> str:
    """Letters as they are, unless there are some that no page can hold: halves of surrogate pairs."""
    text = json.dumps(raw, ensure_ascii=False, indent=2)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(raw, indent=2)
    return text


def same(one: Any, other: Any) -> bool:
    """Whether two values are the same JSON: 1 is not true, and not 1.0; the order of keys does not count."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)
