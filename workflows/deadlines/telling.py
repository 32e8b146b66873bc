"""Telling people of deadlines. Ways to tell are registered; mail is one of them.

A teller gets ids and what happened (`warned`, `breached`, `escalated`), in the transaction that took the step.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from crm_config.models import User
from jobs.services import enqueue
from workflows.deadlines import people
from workflows.deadlines.definitions import Escalation
from workflows.models import Deadline

KIND = "workflows.deadlines.mail"
Teller = Callable[[Deadline, Sequence[User], str], None]

_tellers: list[Teller] = []


def register(teller: Teller) -> None:
    if teller not in _tellers:
        _tellers.append(teller)


def by_mail(row: Deadline, users: Sequence[User], what: str) -> None:
    """One job for each person: what is tried again goes to nobody twice."""
    for user in users:
        key = f"{KIND}:{row.pk}:{row.passed}:{what}:{user.pk}"
        args = {"deadline": row.pk, "what": what, "user": user.pk}
        enqueue(kind=KIND, args=args, key=key, once=True)


def warn(row: Deadline) -> None:
    _tell(row, people.owner(row.record), "warned")


def breach(row: Deadline) -> None:
    _tell(row, people.owner(row.record), "breached")


def escalate(row: Deadline, escalation: Escalation) -> None:
    _tell(row, people.told_by(escalation, row.record), "escalated")


def _tell(row: Deadline, users: Sequence[User], what: str) -> None:
    if users:
        for teller in _tellers:
            teller(row, users, what)
