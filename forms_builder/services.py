"""The door in for what is sent: taken, confirmed, handled, replayed. Nothing that was taken is lost."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from crm_config.definitions import Snapshot
from crm_config.live import live, pinned
from forms_builder import mails, places
from forms_builder.definitions import FormDef, forms_of
from forms_builder.engine.answers import Checked, check, reading
from forms_builder.engine.evaluate import States, evaluate
from forms_builder.engine.logic import Broken, Logic, logic_of
from forms_builder.engine.plain import plain
from forms_builder.handling.making import OWN, make
from forms_builder.handling.work import Refused, Work, access_of
from forms_builder.models import InboundMessage, Submission
from forms_builder.offers import Offers
from jobs.errors import NotAllowed
from records import occasions
from records.access import Access
from records.occasions import Occasion

Status = Submission.Status
LOST_AFTER = timedelta(minutes=1)
ATTEMPTS = 5
logger = logging.getLogger(__name__)


class Already(Exception):
    """Whoever may send it once has sent it."""


@dataclass
class Sent:
    """What came in. `key` is the same for what is sent again; `person` tells people apart where each may send once;
    `spam` says why it is none of a person's."""

    values: Mapping[str, Any]
    key: str
    channel: str
    fixed: Mapping[str, Any] = field(default_factory=dict)
    language: str = ""
    sender: str = ""
    person: str | None = None
    spam: str = ""


@dataclass
class Looked:
    """How answers stand: with the logic, and with what does not fit."""

    logic: Logic
    states: States
    checked: Checked
    access: Access


def look(
    form: FormDef,
    values: Mapping[str, Any],
    *,
    snapshot: Snapshot,
    fixed: Mapping[str, Any] | None = None,
    language: str = "",
    steps: Any = None,
) -> Looked:
    """Raises `Broken`."""
    logic, access = logic_of(form, snapshot), access_of(form)
    context = reading(access, language)
    states = evaluate(logic, values, context=context, fixed=fixed)
    offers = Offers(form, access)
    checked = check(logic, states, snapshot=snapshot, context=context, offers=offers, steps=steps)
    return Looked(logic, states, checked, access)


def person_key(form: FormDef, values: Mapping[str, Any], token: str = "") -> str | None:
    """Of whoever may send the form once: by an item's value, or by the token they were given."""
    said = token
    if not said and (item := form.settings.get("once")):
        said = str(values.get(item) or "").strip().casefold()
    if not said:
        return None
    return hashlib.sha256(f"{settings.SECRET_KEY}:{form.key}:{said}".encode()).hexdigest()


def submit(form: FormDef, sent: Sent, *, snapshot: Snapshot, states: States) -> Submission:
    """Take it, and handle it at once where nothing has to be waited for. Sent again, it is the one that was taken
    before. Raises `places.Full` and `Already`; whoever is told so has sent nothing."""
    known = Submission.objects.filter(key=sent.key).first()
    if known is not None:
        return known
    row = Submission(
        form=form.key,
        config_version=snapshot.version,
        channel=sent.channel,
        values=plain(sent.values),
        fixed=plain(sent.fixed),
        key=sent.key,
        language=sent.language,
        sender=sent.sender,
        person=None if sent.spam else sent.person,
    )
    if sent.spam:
        row.status, row.why = Status.REFUSED, [sent.spam]
    elif form.settings.get("opt_in"):
        row.status = Status.WAITING
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            if not sent.spam:
                places.claim(form, states.values, snapshot)
            if row.status == Status.WAITING:
                mails.ask_to_confirm(row)
    except IntegrityError as error:
        known = Submission.objects.filter(key=sent.key).first()
        if known is None:
            raise Already(_("This was sent already: each person may send it once.")) from error
        return known
    if row.status == Status.RECEIVED:
        _handle_now(row)
    return row


def confirm(row: Submission) -> Submission:
    """The address is theirs. Confirmed twice, it happens once."""
    waiting = Submission.objects.filter(pk=row.pk, status=Status.WAITING)
    if waiting.update(status=Status.RECEIVED, confirmed_at=timezone.now()):
        row.refresh_from_db()
        _handle_now(row)
    row.refresh_from_db()
    return row


def replay(row: Submission) -> Submission:
    """Once more, by the form as it is published now. Raises `NotAllowed`."""
    standing = (Status.HELD, Status.RECEIVED, Status.REFUSED)
    again = Submission.objects.filter(pk=row.pk, status__in=standing)
    if not again.update(status=Status.RECEIVED, why=[], attempts=0):
        raise NotAllowed(_("Only what was held or refused can be replayed."))
    row.refresh_from_db()
    handle(row)
    row.refresh_from_db()
    return row


def _handle_now(row: Submission) -> None:
    """What the database cannot do now is done by the sweep: it was taken, and is not lost."""
    try:
        handle(row)
    except DatabaseError:
        logger.exception("Submission %s waits for the sweep", row.reference)
    row.refresh_from_db()


def handle(row: Submission) -> None:
    """Make of it what the form says, in one transaction; what cannot be made is held for a person."""
    Submission.objects.filter(pk=row.pk).update(attempts=row.attempts + 1)
    with pinned(live()) as snapshot, translation.override(row.language or None):
        try:
            with transaction.atomic():
                held = Submission.objects.select_for_update().filter(pk=row.pk)
                current = held.filter(status=Status.RECEIVED).first()
                if current is not None:
                    _make(current, snapshot)
        except Refused as refused:
            _hold(row, refused.reasons)


def _make(row: Submission, snapshot: Snapshot) -> None:
    form = forms_of(snapshot).get(row.form)
    if form is None or form.retired or form.type not in snapshot.types:
        raise Refused([_("The form is not in use any more.")])
    try:
        found = look(form, row.values, snapshot=snapshot, fixed=row.fixed, language=row.language)
    except Broken as broken:
        raise Refused([str(problem) for problem in broken.problems]) from broken
    if not found.checked.ok:
        raise Refused([f"{key}: {said}" for key, said in found.checked.errors.items()])
    work = Work(form, row, found.logic, found.states, found.checked, found.access)
    made = make(work)
    row.status, row.why, row.handled_at = Status.ACCEPTED, [], timezone.now()
    row.records = work.made
    row.save(update_fields=["status", "why", "handled_at", "records"])
    if form.settings.get("mail"):
        mails.tell_of_arrival(row)
    occasions.tell(
        Occasion("form_sent", [made[OWN]], key=f"form:{row.reference}", detail={"form": form.key})
    )


def _hold(row: Submission, reasons: list[str]) -> None:
    Submission.objects.filter(pk=row.pk, status=Status.RECEIVED).update(
        status=Status.HELD, why=reasons, handled_at=timezone.now()
    )


def sweep() -> dict[str, int]:
    """What was taken and not handled, because a process died; addresses that nobody confirmed."""
    before = timezone.now() - LOST_AFTER
    lost = Submission.objects.filter(status=Status.RECEIVED, created_at__lt=before)
    done = 0
    for row in lost.order_by("pk")[:500]:
        if row.attempts >= ATTEMPTS:
            _hold(row, [_("It could not be handled: something went wrong on our side.")])
        else:
            _handle_now(row)
        done += 1
    return {
        "handled": done,
        "never confirmed": forget_unconfirmed(),
        "emptied": forget_answers(),
    }


def forget_answers() -> int:
    """What people sent is not kept for ever beside the records that came of it; that it was sent is."""
    before = timezone.now() - timedelta(days=settings.FORM_KEEP_DAYS)
    done = Submission.objects.filter(
        status__in=(Status.ACCEPTED, Status.REFUSED), created_at__lt=before
    )
    old = done.exclude(values={}).values_list("pk", flat=True)[:500]
    messages = InboundMessage.objects.filter(status="taken", received_at__lt=before)
    messages.exclude(body="").update(body="")
    return Submission.objects.filter(pk__in=list(old)).update(values={}, fixed={}, sender="")


def forget_unconfirmed() -> int:
    """Their places are free again, and whoever may send once may send."""
    found = 0
    for form in forms_of(live()).values():
        if not form.settings.get("opt_in"):
            continue
        before = timezone.now() - timedelta(days=form.settings.get("opt_in_days", 7))
        rows = Submission.objects.filter(
            form=form.key, status=Status.WAITING, created_at__lt=before
        )
        for row in rows[:500]:
            with transaction.atomic():
                gone = Submission.objects.filter(pk=row.pk, status=Status.WAITING).update(
                    status=Status.REFUSED, why=[_("The address was not confirmed.")], person=None
                )
                if gone:
                    places.release(form, row.values)
                    found += 1
    return found
