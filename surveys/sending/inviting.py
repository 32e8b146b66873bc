"""Invitations are made: once for a person, a record or an occasion, as the survey says; who may not be asked now is
left out with the reason."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from records.access import Access
from records.contact import services as contact
from records.contact.answers import ALLOWED, Answer
from records.contact.asking import ask
from surveys.definitions import SurveyDef
from surveys.models import Dispatch, Invitation
from surveys.sending import reasons
from surveys.sending.recipients import Recipient, recipients
from surveys.sending.settings import PERSON, RECORD, Sending

Status = Invitation.Status
NEVER_ASKED = (Status.SKIPPED, Status.CANCELLED, Status.FAILED)
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Outcome:
    """`why` is a code, empty where the person is asked."""

    record_id: int
    why: str = ""
    answer: Answer = ALLOWED
    recipient: Recipient | None = None
    key: str = ""

    @property
    def ok(self) -> bool:
        return not self.why

    @property
    def next_free(self) -> datetime | None:
        return self.answer.next_free


def look(
    survey: SurveyDef, ids: Sequence[int], *, access: Access, occasion: str = ""
) -> list[Outcome]:
    """What `invite` would do; nothing is written."""
    sending = Sending(survey, access.snapshot)
    found = recipients(sending, ids, access=access)
    keys = {pk: key_of(sending, each, occasion) for pk, each in found.items()}
    asked = _asked(keys.values())
    lately = _lately(sending, found.values())
    named = [each for each in found.values() if each.person_id is not None]
    said = ask(
        sending.message(), [e.addressee for e in named], snapshot=access.snapshot, now=access.now
    )
    answers = {each.record_id: answer for each, answer in zip(named, said, strict=True)}
    outcomes, taken = [], set(asked)
    for pk in dict.fromkeys(ids):
        outcome = _outcome(pk, found.get(pk), keys.get(pk, ""), taken, lately, answers)
        taken.add(outcome.key)
        outcomes.append(outcome)
    return outcomes


def key_of(sending: Sending, recipient: Recipient, occasion: str) -> str:
    """What keeps a person from being asked twice."""
    name = sending.survey.key
    if sending.once == PERSON:
        return f"{name}:p{recipient.person_id}"
    if sending.once == RECORD:
        return f"{name}:r{recipient.record_id}:p{recipient.person_id}"
    return f"{name}:o{occasion}:r{recipient.record_id}"


def _outcome(
    pk: int,
    recipient: Recipient | None,
    key: str,
    taken: set[str],
    lately: dict[int, datetime],
    answers: dict[int, Answer],
) -> Outcome:
    if recipient is None:
        return Outcome(pk, reasons.NOT_FOUND)
    if recipient.person_id is None:
        return Outcome(pk, reasons.NOBODY, recipient=recipient, key=key)
    if key in taken:
        return Outcome(pk, reasons.ASKED, recipient=recipient, key=key)
    if free := lately.get(recipient.person_id):
        return Outcome(pk, reasons.GAP, Answer(next_free=free), recipient, key)
    answer = answers[pk]
    return Outcome(pk, reasons.code_of(answer), answer, recipient, key)


def _asked(keys: object) -> set[str]:
    return set(Invitation.objects.filter(key__in=list(keys)).values_list("key", flat=True))  # type: ignore[call-overload]


def _lately(sending: Sending, found: object) -> dict[int, datetime]:
    """When each person may be asked this again, of those who were asked within the gap."""
    if not sending.gap:
        return {}
    people = [each.person_id for each in found if each.person_id is not None]  # type: ignore[attr-defined]
    rows = Invitation.objects.filter(
        survey=sending.survey.key, person__in=people, created_at__gt=timezone.now() - sending.gap
    ).exclude(status__in=NEVER_ASKED)
    pairs = rows.order_by("created_at").values_list("person", "created_at")
    return {pk: at + sending.gap for pk, at in pairs if pk is not None}


def invite(
    survey: SurveyDef,
    ids: Sequence[int],
    *,
    access: Access,
    dispatch: Dispatch | None = None,
    override: str = "",
    occasion: str = "",
) -> list[Outcome]:
    """In one transaction. Told again for the same dispatch or occasion, nobody is asked twice.

    `override`: why the contact budget is passed over. Raises `Forbidden` where the person may not do that."""
    occasion = occasion or (f"d{dispatch.pk}" if dispatch else f"h{timezone.now().timestamp():.0f}")
    sending = Sending(survey, access.snapshot)
    with transaction.atomic():
        outcomes = [
            _passed_over(outcome, sending, access, override)
            for outcome in look(survey, ids, access=access, occasion=occasion)
        ]
        rows = _rows(sending, outcomes, dispatch, occasion, access)
        Invitation.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
        left = [
            (o.recipient.addressee, o.answer, f"{o.key}#{occasion}")
            for o in outcomes
            if o.recipient and o.answer.code
        ]
        contact.leave_out(sending.message(), left, access=access, now=access.now)
        if dispatch is not None:
            _count(dispatch, outcomes)
    return outcomes


def _passed_over(outcome: Outcome, sending: Sending, access: Access, override: str) -> Outcome:
    """The budget is claimed at once: under the same key it is claimed when the mail is sent."""
    if not override or not outcome.answer.can_be_passed_over or outcome.recipient is None:
        return outcome
    contact.claim(
        sending.message(outcome.key), outcome.recipient.addressee, key=ledger_key(outcome.key),
        access=access, override=override, snapshot=access.snapshot, now=access.now,
    )  # fmt: skip
    return Outcome(outcome.record_id, recipient=outcome.recipient, key=outcome.key)


def ledger_key(key: str, reminder: int = 0) -> str:
    return f"survey:{key}:{reminder}" if reminder else f"survey:{key}"


def _rows(
    sending: Sending,
    outcomes: Sequence[Outcome],
    dispatch: Dispatch | None,
    occasion: str,
    access: Access,
) -> list[Invitation]:
    place = _place(dispatch)
    rows = []
    for outcome in outcomes:
        recipient = outcome.recipient
        if recipient is None or outcome.why == reasons.ASKED:
            continue
        row = Invitation(
            dispatch=dispatch,
            survey=sending.survey.key,
            record_id=recipient.record_id,
            person_id=recipient.person_id,
            email=recipient.email,
            language=recipient.language,
        )
        if outcome.ok:
            row.key, row.due_at = outcome.key, place.moment()
        else:
            row.key = f"{outcome.key[:110]}#{occasion}"[:160]
            row.status, row.why = Status.SKIPPED, outcome.why[:300]
            row.next_free = outcome.next_free
        rows.append(row)
    return rows


@dataclass
class _Place:
    """One after the other, so many an hour."""

    begin: datetime
    per_hour: int
    number: int

    def moment(self) -> datetime:
        if not self.per_hour:
            return self.begin
        found = self.begin + HOUR * self.number / self.per_hour
        self.number += 1
        return found


def _place(dispatch: Dispatch | None) -> _Place:
    now = timezone.now()
    if dispatch is None:
        return _Place(now, 0, 0)
    waiting = Invitation.objects.filter(dispatch=dispatch).exclude(status=Status.SKIPPED)
    begin = max(dispatch.starts_at or now, dispatch.created_at)
    return _Place(begin, dispatch.per_hour, waiting.count() if dispatch.per_hour else 0)


def _count(dispatch: Dispatch, outcomes: Sequence[Outcome]) -> None:
    left = Counter(outcome.why for outcome in outcomes if outcome.why)
    held = Dispatch.objects.select_for_update().get(pk=dispatch.pk)
    held.counted = dict(Counter(held.counted) + left)
    held.save(update_fields=["counted"])
