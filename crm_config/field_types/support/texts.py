"""Cleaning text, and telling when something is not text."""

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

from django.utils.translation import gettext

from crm_config.field_types.base import ValueRefused

_SPACE = re.compile(r"\s+")
_LINE_BREAK = re.compile("\r\n|[\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]")
_BYTE_ORDER_MARK = "\ufeff"


def clean_text(raw: object) -> str:
    """NFC, without NUL and other control characters, spaces and line breaks folded to one space."""
    return _SPACE.sub(" ", _normal(str(raw), keep="")).strip()


def clean_lines(raw: object) -> str:
    """As `clean_text`, but line breaks (as `\\n`), tabs and inner spaces stay."""
    return _normal(_LINE_BREAK.sub("\n", str(raw)), keep="\n\t").strip()


def _normal(text: str, *, keep: str) -> str:
    spaced = (" " if _is_spacing_control(c) and c not in keep else c for c in text)
    kept = "".join(c for c in spaced if c in keep or _is_plain(c))
    return unicodedata.normalize("NFC", kept)


def _is_spacing_control(char: str) -> bool:
    return char.isspace() and unicodedata.category(char) == "Cc"


def _is_plain(char: str) -> bool:
    return char != _BYTE_ORDER_MARK and unicodedata.category(char) not in ("Cc", "Cs")


def as_text(raw: object) -> str:
    """The text of a raw value; spreadsheets give whole numbers as floats, which lose their `.0`."""
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    if isinstance(raw, str | int | float | Decimal) and not isinstance(raw, bool):
        return str(raw)
    raise ValueRefused("not_text", gettext("Enter text."))


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Text for comparing labels: without regard to case, width or spaces. Kept: an import asks for the same
    few labels in every row."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def refuse_longer(text: str, limit: int) -> None:
    if len(text) > limit:
        raise ValueRefused(
            "too_long",
            gettext("Shorten this to %(limit)s characters; it has %(length)s.")
            % {"limit": limit, "length": len(text)},
        )
