"""Texts as they are written into documents: letters alone that the typeface has, in the order in which they stand."""

from __future__ import annotations

import unicodedata
from collections.abc import Container

from fpdf.bidi import BidiParagraph
from fpdf.enums import TextDirection

#: Stands for a letter that the typeface lacks, so that it is seen that one was there.
MISSING = "□"
UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn")
RIGHT_TO_LEFT = ("R", "AL", "AN")
MIRRORS = str.maketrans("()[]{}<>«»", ")(][}{><»«")


def written(text: str, known: Container[int]) -> str:
    """`known` are the code points that can be drawn. Lines stay apart."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    return "".join(_letter(sign, known) for sign in composed)


def _letter(sign: str, known: Container[int]) -> str:
    if sign == "\n" or (ord(sign) in known and unicodedata.category(sign) not in UNSEEN):
        return sign
    if sign.isspace():
        return " "
    if unicodedata.category(sign) in UNSEEN or unicodedata.combining(sign):
        return ""
    return MISSING


def in_order(line: str, *, rtl: bool, alias: str | None = None) -> str:
    """As it stands on paper from left to right. Letters are not joined: Arabic would need a shaping engine."""
    if not rtl and not any(unicodedata.bidirectional(sign) in RIGHT_TO_LEFT for sign in line):
        return line
    direction = TextDirection.RTL if rtl else TextDirection.LTR
    paragraph = BidiParagraph(line, base_direction=direction, alias=alias)
    signs = paragraph.get_reordered_characters()
    shown = "".join(
        sign.character.translate(MIRRORS) if sign.embedding_level % 2 else sign.character
        for sign in signs
    )
    return shown.replace(paragraph.sentinel, alias) if alias and paragraph.sentinel else shown
