"""Asking others to approve what was filled in: the app that knows approvals registers how."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from records.access import Access
from records.forms.record import RecordForm
from records.gate import Change, Outcome

#: Given the change and a comment; returns where to go. Raises `records.errors.Forbidden` or `Refused`.
Ask = Callable[[Change, Access, str], str]
CODE = "needs_approval"
BUTTON, COMMENT = "ask_approval", "approval_comment"

_registered: list[Ask] = []


def register(ask: Ask) -> None:
    """In `AppConfig.ready()`. Raises `RuntimeError` where somebody does it already."""
    if _registered:
        raise RuntimeError("Approvals are asked for already: only one app keeps them.")
    _registered.append(ask)


def ask(form: RecordForm, outcome: Outcome, access: Access) -> str | None:
    """Ask, where that was wished and nothing but others' approval is missing; where to go, or None. Files and
    other records are not kept while a change waits: they are saved first."""
    if form.uploads(dict(outcome.change.values)) or form.files or form.writes_more:
        return None
    return ask_by(form.data, outcome, access)


def ask_by(data: Mapping[str, Any], outcome: Outcome, access: Access) -> str | None:
    """The same, of what was sent without a form of its own."""
    if BUTTON not in data or not only_approval(outcome):
        return None
    return ask_for(outcome, access, str(data.get(COMMENT, "")))


def only_approval(outcome: Outcome) -> bool:
    """Whether others' approval is all that is missing, and can be asked for."""
    return bool(_registered) and {refusal.code for refusal in outcome.refusals} == {CODE}


def ask_for(outcome: Outcome, access: Access, comment: str) -> str:
    return _registered[0](outcome.change, access, comment)
