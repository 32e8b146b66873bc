"""The door to sending: people are asked, what is due goes out, who has not answered is reminded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from django.db.models import Q
from django.utils import timezone

from crm_config.live import live, pinned
from records.contact.listeners import No
from surveys.definitions import surveys_of
from surveys.models import Invitation
from surveys.sending import posting, reasons, reminding
from surveys.sending.dispatching import begin_due, finish, send_soon
from surveys.sending.inviting import Outcome, invite, look
from surveys.sending.post import Down, Post
from surveys.sending.settings import Sending

__all__ = [
    "Outcome",
    "called_back",
    "forget_erased",
    "invite",
    "look",
    "remind_due",
    "send_due",
    "sweep",
]

Status = Invitation.Status
WAITING = (Status.QUEUED, Status.SENDING)


def nothing() -> None:
    return None


def send_due(look_up: Callable[[], object] = nothing) -> dict[str, int]:
    """What became of how many. `look_up` is called before each: a job looks whether it is to stop. A mail server that
    is not there leaves all as it is."""
    counted: Counter[str] = Counter()
    post = Post()
    try:
        while ids := list(posting.due(timezone.now())):
            for pk in ids:
                look_up()
                # As it is published now: a long sending does not go on with what was taken back.
                with pinned():
                    became = posting.send(pk, post)
                if became:
                    counted[became] += 1
    except Down as down:
        return {**counted, "down": 1, "why": str(down)[:200]}  # type: ignore[dict-item]
    finally:
        post.close()
        finish()
    return dict(counted)


def remind_due(look_up: Callable[[], object] = nothing) -> int:
    """How many reminders went out."""
    sent = 0
    post = Post()
    try:
        while ids := reminding.due(timezone.now()):
            for pk in ids:
                look_up()
                with pinned():
                    sent += reminding.remind(pk, post)
    except Down:
        return sent
    finally:
        post.close()
    return sent


def sweep() -> dict[str, int]:
    """What has to be looked after each minute."""
    now = timezone.now()
    begun, lost, erased = begin_due(now), posting.find_lost(now), forget_erased()
    if any(True for _pk in posting.due(now)):
        send_soon()
    finish()
    return {"begun": begun, "unsure": lost, "erased": erased, "reminded": remind_due()}


def called_back(no: No) -> None:
    """Somebody said no: what waits for them is not sent, and they are not reminded. A no to another purpose changes
    nothing; of an address alone nobody is found here, but it is asked about again before each mail."""
    if no.record_id is None:
        return
    rows = Invitation.objects.filter(person=no.record_id)
    rows = rows.filter(Q(status=Status.QUEUED) | Q(due_at__isnull=False))
    if no.purpose:
        snapshot = live()
        known = surveys_of(snapshot).values()
        rows = rows.filter(
            survey__in=[s.key for s in known if Sending(s, snapshot).purpose == no.purpose]
        )
    ids = list(rows.values_list("pk", flat=True))
    queued = Invitation.objects.filter(pk__in=ids, status=Status.QUEUED)
    queued.update(status=Status.CANCELLED, why=reasons.UNWANTED)
    Invitation.objects.filter(pk__in=ids).update(due_at=None)


def forget_erased() -> int:
    """Of whoever is erased no address stays, and nothing more goes out."""
    rows = Invitation.objects.filter(person=None).exclude(email="")
    waiting = rows.filter(status__in=(*WAITING, Status.UNSURE, Status.SKIPPED))
    waiting.update(status=Status.CANCELLED, why=reasons.ERASED)
    return rows.update(email="", due_at=None)
