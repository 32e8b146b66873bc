"""Timing: the two sides in turns, so that whatever else the machine does meets both; medians."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True)
class Row:
    """Medians in milliseconds, over `rounds` turns each."""

    name: str
    ours: float
    theirs: float
    rounds: int

    @property
    def ratio(self) -> float:
        return self.ours / self.theirs


def once(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1000


def compare(
    name: str, ours: Callable[[], object], theirs: Callable[[], object], *, rounds: int = 25
) -> Row:
    """The first turn of each warms caches and is not counted; figures must be the same on both sides."""
    answers = ours(), theirs()
    if isinstance(answers[1], int) and answers[0] != answers[1]:
        raise AssertionError(f"{name}: {answers[0]} configured, {answers[1]} by hand")
    pairs = [(once(ours), once(theirs)) for _turn in range(rounds)]
    return Row(name, median(pair[0] for pair in pairs), median(pair[1] for pair in pairs), rounds)
