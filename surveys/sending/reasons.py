"""Why somebody was not asked: kept as a code, told in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm_config.definitions import Snapshot
from records.contact.answers import Answer
from surveys.models import Invitation

NOT_FOUND, NOBODY, ASKED, GAP, CLOSED, UNWANTED, ERASED = (
    "not_found", "nobody", "asked", "gap", "closed", "unwanted", "erased",
)  # fmt: skip
OWN: Mapping[str, Any] = {
    NOT_FOUND: _("There is no such record, it is archived, or you may not ask about it."),
    NOBODY: _("The record leads to nobody whom you see."),
    ASKED: _("The person was asked already."),
    GAP: _("The person was asked not long ago."),
    CLOSED: _("The survey is closed, or not in use any more."),
    UNWANTED: _("The person unsubscribed in the meantime."),
    ERASED: _("The record is gone."),
    "unclear": _("It was cut off: perhaps it was sent, perhaps not."),
}
ANSWERS = frozenset(
    {"gone", "no_address", "refuses", "no_consent", "unsubscribed", "bounced", "budget"}
)


def code_of(answer: Answer) -> str:
    """As it is kept."""
    return f"{answer.code}:{answer.rule}" if answer.rule else answer.code


def words(why: str, snapshot: Snapshot, next_free: Any = None) -> str:
    """Of what is kept. What a mail server said stands there as it said it."""
    code, _colon, rule = why.partition(":")
    if why in OWN:
        return str(OWN[why])
    if code in ANSWERS:
        return Answer(code, rule, next_free).reason(snapshot)
    return why


def told(row: Invitation, snapshot: Snapshot) -> str:
    return words(row.why, snapshot, row.next_free) if row.why else ""
