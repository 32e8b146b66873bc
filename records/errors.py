"""Refusals of the records' services, each with what to do."""

from typing import Any


class NotVisible(LookupError):
    """There is no such record, or not for this person: nobody is told which."""


class Forbidden(Exception):
    """The person may see the thing but not do this."""

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)


class Refused(Exception):
    """A batch that was to be all or nothing was refused; `outcomes` say why, for each change."""

    def __init__(self, outcomes: list[Any]) -> None:
        self.outcomes = outcomes
        reasons = [str(r.message) for outcome in outcomes for r in outcome.refusals]
        super().__init__("; ".join(reasons))
