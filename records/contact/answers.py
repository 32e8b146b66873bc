"""What is answered to whoever wants to write to somebody, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from crm_config.definitions import Snapshot
from records.contact.definitions import BUDGET, RuleDef

GONE, NO_ADDRESS, REFUSES, NO_CONSENT = "gone", "no_address", "refuses", "no_consent"
UNSUBSCRIBED, BOUNCED, OVER = "unsubscribed", "bounced", "budget"
#: What tells of a field of the record: only to whoever may read it.
OF_FIELDS = frozenset({REFUSES, NO_CONSENT, NO_ADDRESS})


@dataclass(frozen=True)
class Answer:
    """`code` is empty where it is allowed. Only the budget can be passed over: a no of the person's never."""

    code: str = ""
    rule: str = ""
    next_free: datetime | None = None

    @property
    def allowed(self) -> bool:
        return not self.code

    @property
    def can_be_passed_over(self) -> bool:
        return self.code == OVER

    def reason(self, snapshot: Snapshot, *, tells_fields: bool = True) -> str:
        return reason(self, snapshot, tells_fields=tells_fields)


ALLOWED = Answer()


def reason(said: Any, snapshot: Snapshot, *, tells_fields: bool = True) -> str:
    """Of an answer, or of a line of the ledger."""
    if not said.code:
        return ""
    if said.code == OVER:
        return _over(said, snapshot)
    if said.code in OF_FIELDS and not tells_fields:
        return _("The record says that it may not be written to now.")
    return {
        GONE: _("There is no such record any more, or it is archived."),
        NO_ADDRESS: _("There is no e-mail address."),
        REFUSES: _("The person wants no mail."),
        NO_CONSENT: _("The person did not agree to it."),
        UNSUBSCRIBED: _("The person unsubscribed from it."),
        BOUNCED: _("The address does not exist, or takes no mail."),
    }.get(said.code, said.code)


def _over(said: Any, snapshot: Snapshot) -> str:
    known: dict[str, RuleDef] = snapshot.sections.get(BUDGET) or {}
    rule = known.get(said.rule)
    name = rule.label if rule else said.rule
    if said.next_free is None:
        return _("Over the contact budget: %(rule)s.") % {"rule": name}
    return _("Over the contact budget: %(rule)s. Free again on %(day)s.") % {
        "rule": name,
        "day": date_format(localtime(said.next_free), "SHORT_DATE_FORMAT"),
    }
