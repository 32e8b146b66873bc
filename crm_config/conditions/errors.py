"""Refusals, each with the place in the tree that is wrong."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class ConditionProblem:
    """`place` is a path into the JSON, such as `all[1].value[0]`; empty for the whole."""

    place: str
    message: str

    def __str__(self) -> str:
        return f"{self.place}: {self.message}" if self.place else self.message


class ConditionInvalid(Exception):
    """The condition cannot be used; `problems` says why, all of it at once."""

    def __init__(self, problems: Iterable[ConditionProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class NotInSql(Exception):
    """A condition on what changed was to be a query: a query does not know what was before."""
