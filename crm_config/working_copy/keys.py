"""Proposing a key from a name, in any script."""

import re
from collections.abc import Collection

from wagtail.coreutils import string_to_ascii

from crm_config.keys import MAX_KEY

_NOT_IN_KEYS = re.compile(r"[^a-z0-9]+")
#: Left free for a number where the key is taken.
_ROOM = 4


def propose_key(name: str, *, taken: Collection[str] = (), fallback: str = "item") -> str:
    """A key that reads like the name and is not taken: “Către cine?” gives `catre_cine`."""
    words = _NOT_IN_KEYS.sub("_", string_to_ascii(name).lower()).strip("_")
    key = words.lstrip("0123456789_")[: MAX_KEY - _ROOM].rstrip("_") or fallback
    if key not in taken:
        return key
    return next(f"{key}_{n}" for n in range(2, len(taken) + 3) if f"{key}_{n}" not in taken)
