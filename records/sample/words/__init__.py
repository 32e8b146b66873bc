"""The sample company's texts, one module per language."""

from records.sample.words import el, en, pl, ro
from records.sample.words.base import Words

#: How often each language's customers occur, of a hundred.
SHARES: tuple[tuple[Words, int], ...] = (
    (ro.WORDS, 40),
    (el.WORDS, 30),
    (pl.WORDS, 20),
    (en.WORDS, 10),
)
BY_LANGUAGE = {words.language: words for words, _share in SHARES}

__all__ = ["BY_LANGUAGE", "SHARES", "Words"]
