"""Which words are said how often in answers in one's own words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from surveys.results.stop_words import STOP_WORDS

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
SHORTEST = 3
MOST = 30


@dataclass(frozen=True)
class Word:
    """`n` is in how many answers it stands."""

    text: str
    n: int


def word_list(texts: Iterable[str], *, least: int = 2, most: int = MOST) -> Sequence[Word]:
    """The commonest first. Words are told apart without accents and case, and shown as they are written most."""
    seen: Counter[str] = Counter()
    written: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        found = {plain(word): word.lower() for word in WORD.findall(text)}
        for key, word in found.items():
            if len(key) >= SHORTEST and key not in PLAIN_STOPS:
                seen[key] += 1
                written[key][word] += 1
    common = [(key, n) for key, n in seen.items() if n >= least]
    common.sort(key=lambda pair: (-pair[1], pair[0]))
    return [Word(written[key].most_common(1)[0][0], n) for key, n in common[:most]]


def plain(word: str) -> str:
    """Without accents and case; a final sigma is a sigma."""
    apart = unicodedata.normalize("NFD", word.casefold())
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return bare.replace("ς", "σ").replace("ł", "l").replace("’", "'")


PLAIN_STOPS = frozenset(plain(word) for word in STOP_WORDS)
