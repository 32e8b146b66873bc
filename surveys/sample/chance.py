"""What somebody answers, by chance: the seed gives the same company each time."""

from __future__ import annotations

import random
from typing import Any

from surveys.sample.words import WORDS

SEED = 60
GOOD, FAIR, BAD = "good", "fair", "bad"


class Chance:
    def __init__(self) -> None:
        self.rng = random.Random(SEED)  # noqa: S311 - plausible, no secret

    def of(self, percent: float) -> bool:
        return self.rng.random() * 100 < percent

    def scale(self, middle: float, low: int, high: int, spread: float = 1.4) -> int:
        return min(max(round(self.rng.gauss(middle, spread)), low), high)

    def some(self, *among: tuple[str, int]) -> str:
        return self.rng.choices([each for each, _n in among], [n for _each, n in among])[0]

    def words(self, language: str, mood: str) -> str:
        return self.rng.choice(WORDS.get(language, WORDS["en"])[mood])


def nps(chance: Chance, middle: float, language: str) -> dict[str, Any]:
    score = chance.scale(middle, 0, 10, 1.7)
    found: dict[str, Any] = {"nps": score}
    mood = GOOD if score >= 9 else FAIR if score >= 7 else BAD
    if chance.of(62):
        found["why"] = chance.words(language, mood)
    if score <= 8:
        kinds = (("speed", 45), ("quality", 20), ("price", 25), ("advice", 10))
        found["better"] = sorted({chance.some(*kinds) for _each in range(2)})
    if score <= 6:
        found["call"] = chance.some(("yes", 60), ("no", 40))
    return found


def csat(chance: Chance, known: int | None, language: str) -> dict[str, Any]:
    score = known or chance.scale(4.2, 1, 5, 1.0)
    found: dict[str, Any] = {"csat": score}
    kinds = (("yes", 70), ("partly", 20), ("no", 10)) if score > 2 else (("partly", 40), ("no", 60))
    found["solved"] = chance.some(*kinds)
    if score <= 4 and chance.of(60):
        found["why"] = chance.words(language, BAD if score <= 2 else FAIR)
    return found


def ces(chance: Chance, language: str) -> dict[str, Any]:
    score = chance.scale(5.4, 1, 7, 1.3)
    easy = (("easy", 70), ("so_so", 25), ("hard", 5))
    hard = (("easy", 20), ("so_so", 40), ("hard", 40))
    parts = {
        row: chance.some(*(easy if score > 4 else hard))
        for row in ("delivery", "setup", "training")
    }
    found: dict[str, Any] = {"ces": score, "parts": parts}
    if chance.of(45):
        found["why"] = chance.words(language, GOOD if score >= 6 else FAIR if score > 3 else BAD)
    return found


def lost(chance: Chance, language: str) -> dict[str, Any]:
    reasons = (
        ("price", 40),
        ("competitor", 25),
        ("no_budget", 15),
        ("timing", 12),
        ("no_answer", 8),
    )
    found: dict[str, Any] = {
        "reason": chance.some(*reasons),
        "contact": chance.scale(3.8, 1, 5, 1.0),
        "again": chance.some(("yes", 45), ("no", 55)),
    }
    if chance.of(40):
        found["why"] = chance.words(language, FAIR)
    return found


def event(chance: Chance, language: str) -> dict[str, Any]:
    stars = chance.scale(4.1, 1, 5, 0.9)
    liked = {chance.some(("talks", 35), ("products", 40), ("people", 25)) for _each in range(2)}
    found: dict[str, Any] = {
        "stars": stars,
        "liked": sorted(liked) if stars > 2 else ["nothing"],
        "offer": chance.some(("yes", 18), ("no", 82)),
    }
    if chance.of(35):
        found["why"] = chance.words(language, GOOD if stars >= 4 else FAIR)
    return found


def pulse(chance: Chance, middle: float) -> dict[str, Any]:
    mood = chance.scale(middle, 1, 5, 0.9)
    load = (
        (("little", 5), ("right", 60), ("much", 35)) if mood > 3 else (("right", 30), ("much", 70))
    )
    return {"mood": mood, "enps": chance.scale(mood * 2, 0, 10, 1.2), "load": chance.some(*load)}
