"""What a measure is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from surveys.results.questions import Question
from surveys.scores.wilson import Share
from surveys.scores.z_test import Difference


class Score(Protocol):
    """What answers come to. `margin` is half of the interval that holds the true value in 95 of 100 samples."""

    @property
    def n(self) -> int: ...
    @property
    def value(self) -> float | None: ...
    @property
    def margin(self) -> float | None: ...
    @property
    def low(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...
    def since(self, before: Any) -> Difference | None: ...


@dataclass(frozen=True)
class Tally:
    """So many answers of one kind: see `surveys.models.Answer`."""

    part: str
    option: str
    number: float | None
    n: int


@dataclass(frozen=True)
class Bar:
    """`share` is of those who answered; `tone` is good, fair, poor or empty. `mean` is the place in a ranking."""

    key: str
    label: str
    share: Share
    tone: str = ""
    mean: float | None = None

    @property
    def n(self) -> int:
        return self.share.count


@dataclass(frozen=True)
class Part:
    """The bars of a question, or of one row of a matrix."""

    bars: Sequence[Bar]
    label: str = ""
    n: int = 0
    score: Score | None = None
    median: float | None = None


class Measure:
    """Base of all measures: counts nothing."""

    key: ClassVar[str]
    #: Stands after the score.
    unit: ClassVar[str] = ""
    decimals: ClassVar[int] = 0
    name: ClassVar[Any] = ""

    def score(self, counts: Mapping[float, int]) -> Score | None:
        """From how often each number was given."""
        return None

    def bars(self, question: Question, tallies: Sequence[Tally], n: int) -> list[Bar]:
        return []

    def median(self, counts: Mapping[float, int]) -> float | None:
        return None

    def parts(self, question: Question, tallies: Sequence[Tally]) -> list[Part]:
        """One; of a matrix one for each row."""
        if not question.parts:
            return [self.part(question, tallies, question.n)]
        by_part: dict[str, list[Tally]] = defaultdict(list)
        for tally in tallies:
            by_part[tally.part].append(tally)
        labels = {**question.parts, **{key: key for key in by_part if key not in question.parts}}
        return [
            self.part(question, by_part[key], sum(t.n for t in by_part[key]), label)
            for key, label in labels.items()
            if key in question.parts or by_part[key]
        ]

    def part(self, question: Question, tallies: Sequence[Tally], n: int, label: str = "") -> Part:
        counts = numbers(tallies)
        return Part(
            self.bars(question, tallies, n), label, n, self.score(counts), self.median(counts)
        )


def numbers(tallies: Sequence[Tally]) -> Mapping[float, int]:
    """How often each number was given."""
    found: dict[float, int] = defaultdict(int)
    for tally in tallies:
        if tally.number is not None:
            found[tally.number] += tally.n
    return found


def shown_number(number: float) -> str:
    return f"{number:g}"
