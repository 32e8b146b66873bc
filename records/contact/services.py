"""The door to the ledger: a message is claimed before it is sent, and given back where it was not sent after all."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm_config.definitions import Snapshot
from crm_config.live import live
from records.access import Access
from records.contact import answers, listeners, locks
from records.contact.answers import ALLOWED, Answer
from records.contact.asking import Addressee, Message, ask
from records.contact.definitions import rules_of
from records.contact.sealing import sealed
from records.errors import Forbidden
from records.models import ContactEntry, Record, Unsubscription

Status = ContactEntry.Status
How = Unsubscription.How


def may_pass_over(answer: Answer, access: Access) -> bool:
    """Administrators, and the roles that the rule names."""
    if not answer.can_be_passed_over or access.read_only:
        return False
    if access.unlimited or any(role.administers for role in access.roles):
        return True
    named = {key for r in rules_of(access.snapshot) if r.key == answer.rule for key in r.roles}
    return any(role.key in named for role in access.roles)


def claim(
    message: Message,
    person: Addressee,
    *,
    key: str,
    access: Access | None = None,
    override: str = "",
    snapshot: Snapshot | None = None,
    now: datetime | None = None,
) -> Answer:
    """Asks and writes down what came of it, in one transaction and one after the other for each person. Claimed
    before under the same key, it is allowed and counted once.

    `override`: why the budget is passed over. Raises `Forbidden` where the person who asks may not do that."""
    snapshot, now = snapshot or live(), now or timezone.now()
    with transaction.atomic():
        locks.hold(_names(person))
        standing = ContactEntry.objects.filter(key=key).first()
        if standing is not None and standing.status == Status.ALLOWED:
            return ALLOWED
        [answer] = ask(message, [person], snapshot=snapshot, now=now)
        passed = bool(override) and answer.can_be_passed_over
        if passed and (access is None or not may_pass_over(answer, access)):
            raise Forbidden(_("You may not pass over the contact budget."))
        user = access.user if access is not None else None
        _write(message, person, answer, key, now, by=user, override=override if passed else "")
        return ALLOWED if passed else answer


def _names(person: Addressee) -> list[str]:
    record = [f"record:{person.record_id}"] if person.record_id is not None else []
    return [*record, f"address:{person.sealed}"]


def _write(
    message: Message,
    person: Addressee,
    answer: Answer,
    key: str,
    now: datetime,
    *,
    by: object = None,
    override: str = "",
) -> None:
    goes = answer.allowed or bool(override)
    values = {
        "record_id": _kept(person, answer),
        "sealed": person.sealed,
        "kind": message.kind,
        "what": message.what,
        "purpose": message.purpose,
        "channel": message.channel,
        "status": Status.ALLOWED if goes else Status.SKIPPED,
        "thread": message.thread,
        "at": now,
        "code": answer.code,
        "rule": answer.rule,
        "next_free": answer.next_free,
        "by": by,
        "override": override[:300],
    }
    if goes:
        ContactEntry.objects.update_or_create(key=key, defaults=values)
    else:
        ContactEntry.objects.update_or_create(key=f"{key}#left", defaults=values)


def _kept(person: Addressee, answer: Answer) -> int | None:
    """Nothing points at a record that is gone."""
    return None if answer.code == answers.GONE else person.record_id


def leave_out(
    message: Message,
    left: list[tuple[Addressee, Answer, str]],
    *,
    access: Access | None = None,
    now: datetime | None = None,
) -> None:
    """Writes down many that were left out before anything was to be sent; with the key of each."""
    ContactEntry.objects.bulk_create(
        [
            ContactEntry(
                record_id=_kept(person, answer),
                sealed=person.sealed,
                kind=message.kind,
                what=message.what,
                purpose=message.purpose,
                channel=message.channel,
                status=Status.SKIPPED,
                key=f"{key}#left",
                at=now or timezone.now(),
                code=answer.code,
                rule=answer.rule,
                next_free=answer.next_free,
                by=access.user if access is not None else None,
            )
            for person, answer, key in left
        ],
        ignore_conflicts=True,
        batch_size=500,
    )


def release(key: str) -> None:
    """It was not sent after all: it counts no more."""
    claimed = ContactEntry.objects.filter(key=key, status=Status.ALLOWED)
    claimed.update(status=Status.RELEASED)


def unsubscribe(address: str, *, purpose: str = "", how: str, record_id: int | None = None) -> None:
    """`address` is sealed. Said twice, the first time holds; listeners call back what was to be sent."""
    with transaction.atomic():
        there = record_id is not None and Record.unscoped.filter(pk=record_id).exists()
        said = {"how": how, "at": timezone.now()}
        row, _new = Unsubscription.objects.get_or_create(
            sealed=address, purpose=purpose, defaults=said
        )
        if there and row.record_id is None:
            Unsubscription.objects.filter(pk=row.pk).update(record=record_id)
        if how != How.BOUNCE:
            listeners.tell(listeners.No(address, record_id, purpose))


def subscribe_again(address: str, *, purpose: str = "", record_id: int | None = None) -> None:
    """Only what the person said on their own page is taken back by them; that an address does not exist stays."""
    rows = Unsubscription.objects.exclude(how=How.BOUNCE).filter(purpose=purpose)
    rows.filter(sealed=address).delete()
    if record_id is not None:
        rows.filter(record=record_id).delete()


def unsubscribed(address: str, record_id: int | None = None) -> set[str]:
    """The purposes, the empty one for all."""
    rows = Unsubscription.objects.exclude(how=How.BOUNCE)
    found = set(rows.filter(sealed=address).values_list("purpose", flat=True))
    if record_id is not None:
        found |= set(rows.filter(record=record_id).values_list("purpose", flat=True))
    return found


def bounced(email: str, *, record_id: int | None = None) -> None:
    """Nothing at all goes to that address any more."""
    unsubscribe(sealed(email), how=How.BOUNCE, record_id=record_id)
