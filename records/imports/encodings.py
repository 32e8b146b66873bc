"""Which encoding the bytes of a text are in."""

from __future__ import annotations

import codecs

from charset_normalizer import from_bytes
from django.utils.translation import gettext as _

from records.imports.errors import FileRefused

#: Offered for choice: Unicode, then what older programs of Europe wrote.
OFFERED = (
    "utf-8",
    "utf-16",
    "cp1250",
    "cp1252",
    "cp1253",
    "iso8859_2",
    "iso8859_7",
    "iso8859_16",
    "cp1251",
    "cp852",
    "cp737",
    "mac_roman",
)
#: Where nothing else tells: Central European, Greek and Western Windows.
LIKELY = ["cp1250", "cp1252", "cp1253", "iso8859_2", "iso8859_7", "cp1251"]
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LOOK_AT = 200_000


def detect(content: bytes) -> str:
    """By its byte order mark, else UTF-8 where all of it is valid, else the most plausible one."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return encoding
    if wide := _without_mark(content):
        return wide
    if _fits(content, "utf-8"):
        return "utf-8"
    best = from_bytes(content[:_LOOK_AT], cp_isolation=LIKELY, threshold=0.6).best()
    return best.encoding if best is not None else "cp1252"


def _without_mark(content: bytes) -> str:
    """UTF-16 has a zero in every other byte of spaces, digits and Latin letters; other texts have none."""
    head = content[:2000]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if not even + odd or min(even, odd) * 20 > even + odd:
        return ""
    wide = "utf-16-be" if even > odd else "utf-16-le"
    return wide if _fits(content, wide) else ""


def _fits(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def is_text(content: bytes) -> bool:
    """Whether bytes can be a text at all: hardly any of its characters are control characters."""
    if content.startswith(tuple(mark for mark, _encoding in _MARKS)) or _without_mark(content):
        return True
    head = content[:4000]
    return sum(byte < 9 or 13 < byte < 32 for byte in head) * 50 <= len(head)


def known(encoding: str) -> bool:
    """Whether it is the name of a text encoding."""
    try:
        return codecs.lookup(encoding)._is_text_encoding
    except LookupError:
        return False


def decode(content: bytes, encoding: str) -> str:
    """The text, without a byte order mark. Raises `FileRefused`, which says where it does not fit."""
    if not known(encoding):
        raise FileRefused(
            "encoding", _("There is no encoding called “%(name)s”.") % {"name": encoding}
        )
    try:
        return content.decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise FileRefused(
            "encoding",
            _(
                "The file is not in the encoding %(name)s: line %(line)s does not fit. Choose another."
            )
            % {"name": encoding, "line": line},
        ) from error
