"""Whether a survey can be answered now, and what is told where it cannot."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from crm_config import labels
from crm_config.definitions import Snapshot
from forms_builder.engine.logic import Broken, logic_of
from forms_builder.public.opening import moment_of
from records.access import Access
from surveys.answering.visits import Visit
from surveys.flow.compiling import flow_of
from surveys.models import Invitation


@dataclass(frozen=True)
class Stop:
    """`kind`: "gone", "expired", "early", "closed", "broken"."""

    kind: str
    title: str
    message: str
    status: int = 200


def stop(visit: Visit, snapshot: Snapshot) -> Stop | None:
    """Why nobody can answer; None where they can."""
    if visit.survey is None:
        return retired() if visit.known else gone()
    if expired(visit):
        message = _("This invitation is not good any more. Thank you for wanting to answer.")
        return Stop("expired", _("Too late"), message, 410)
    if visit.link is not None and visit.link.closed_at is not None:
        return closed(visit)
    if visit.is_test:
        return broken(visit, snapshot)
    access = Access(snapshot=snapshot)
    form = flow_of(visit.survey, snapshot).form
    opens, closes = (moment_of(form, name, access) for name in ("opens", "closes"))
    if opens is not None and access.now < opens:
        return Stop("early", visit.survey.label, _("This survey is not open yet. Come back later."))
    if closes is not None and access.now >= closes:
        return closed(visit)
    return broken(visit, snapshot)


def gone() -> Stop:
    """The same for what never was and what was taken away."""
    message = _("There is no survey at this address. Look whether you have the whole link.")
    return Stop("gone", _("Nothing here"), message, 404)


def retired() -> Stop:
    return Stop("closed", _("Closed"), _("This survey is closed."), 410)


def closed(visit: Visit) -> Stop:
    said = labels.text(visit.survey.settings.get("closed")) if visit.survey else ""
    return Stop(
        "closed", visit.survey.label if visit.survey else "", said or _("This survey is closed.")
    )


def expired(visit: Visit) -> bool:
    found = visit.invitation
    if found is None:
        return False
    called_back = found.status == Invitation.Status.CANCELLED
    over = found.expires_at is not None and timezone.now() >= found.expires_at
    return called_back or over


def broken(visit: Visit, snapshot: Snapshot) -> Stop | None:
    survey = visit.survey
    if survey is None:
        return gone()
    try:
        logic_of(flow_of(survey, snapshot).form, snapshot)
    except Broken:
        message = _("This survey cannot be answered at the moment.")
        return Stop("broken", survey.label, message, 503)
    return None
