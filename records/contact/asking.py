"""May these people be written to? Consent, unsubscribing and the budget, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.utils import timezone

from crm_config.definitions import SERIAL_BITS, Snapshot
from crm_config.live import live
from crm_config.segments import segments_of
from records.contact import answers, consents
from records.contact.answers import ALLOWED, Answer
from records.contact.definitions import SURVEY, TRANSACTIONAL, RuleDef, people_of, rules_of
from records.contact.sealing import sealed
from records.contact.windows import next_free
from records.models import ContactEntry, Record, Unsubscription
from records.segments.membership import among
from records.segments.use import find_segment

CONSENT, INTEREST, CONTRACT = "consent", "interest", "contract"
BASES = (CONSENT, INTEREST, CONTRACT)


@dataclass(frozen=True)
class Message:
    """`what` names it in the ledger: `survey:nps`, `automation:welcome`. `thread` is shared with its reminders."""

    kind: str
    what: str
    purpose: str = ""
    basis: str = INTEREST
    thread: str = ""
    channel: str = "email"


@dataclass(frozen=True)
class Addressee:
    """Without a record: an address that stands alone."""

    record_id: int | None
    email: str

    @cached_property
    def sealed(self) -> str:
        return sealed(self.email)


@dataclass(eq=False)
class _Asking:
    message: Message
    people: Sequence[Addressee]
    snapshot: Snapshot
    now: datetime
    _segments: dict[str, set[int]] = field(default_factory=dict)

    @cached_property
    def ids(self) -> list[int]:
        return sorted({p.record_id for p in self.people if p.record_id is not None})

    @cached_property
    def addresses(self) -> list[str]:
        return sorted({p.sealed for p in self.people if p.sealed})

    @cached_property
    def records(self) -> Mapping[int, Record]:
        return {r.pk: r for r in Record.unscoped.filter(pk__in=self.ids, archived_at=None)}

    @cached_property
    def consents(self) -> Mapping[int, bool]:
        return consents.given(self.ids, self.message.purpose)

    @cached_property
    def nos(self) -> Mapping[Any, set[tuple[str, str]]]:
        """Purpose and how, by record and by address: whoever changes their address is still the same person."""
        found: dict[Any, set[tuple[str, str]]] = defaultdict(set)
        rows = Unsubscription.objects.filter(
            Q(record__in=self.ids) | Q(sealed__in=self.addresses),
            purpose__in=["", self.message.purpose],
        )
        for row in rows:
            found[row.sealed].add((row.purpose, row.how))
            if row.record_id and row.how != Unsubscription.How.BOUNCE:
                found[row.record_id].add((row.purpose, row.how))
        return found

    @cached_property
    def rules(self) -> list[RuleDef]:
        kind, what = self.message.kind, self.message.what
        return [
            rule
            for rule in rules_of(self.snapshot)
            if kind in rule.kinds and (not rule.survey or what == f"{SURVEY}:{rule.survey}")
        ]

    @cached_property
    def sent(self) -> Mapping[Any, list[ContactEntry]]:
        found: dict[Any, list[ContactEntry]] = defaultdict(list)
        if not self.rules:
            return found
        since = self.now - timedelta(days=max(rule.days for rule in self.rules))
        rows = ContactEntry.objects.filter(
            Q(record__in=self.ids) | Q(sealed__in=self.addresses),
            status=ContactEntry.Status.ALLOWED,
            at__gt=since,
        ).exclude(kind=TRANSACTIONAL)
        for row in rows:
            if row.record_id:
                found[row.record_id].append(row)
            if row.sealed:
                found[row.sealed].append(row)
        return found

    def answer(self, person: Addressee) -> Answer:
        if code := self._said_no(person):
            return Answer(code)
        return ALLOWED if self.message.kind == TRANSACTIONAL else self._budget(person)

    def _said_no(self, person: Addressee) -> str:
        if person.record_id is not None and person.record_id not in self.records:
            return answers.GONE
        if not person.sealed:
            return answers.NO_ADDRESS
        nos = self.nos[person.sealed] | self.nos[person.record_id]
        if any(how == Unsubscription.How.BOUNCE for _purpose, how in nos):
            return answers.BOUNCED
        if self.message.kind == TRANSACTIONAL:
            return ""
        if nos:
            return answers.UNSUBSCRIBED
        return self._of_the_record(person)

    def _of_the_record(self, person: Addressee) -> str:
        agreed = False
        if person.record_id is not None:
            record = self.records[person.record_id]
            fields = people_of(self.snapshot.by_number[record.pk >> SERIAL_BITS], self.snapshot)
            if fields.refuses and record.data.get(fields.refuses) is True:
                return answers.REFUSES
            agreed = _says_yes(record.data.get(fields.consent), fields.option)
            agreed = self.consents.get(person.record_id, agreed)
        return answers.NO_CONSENT if self.message.basis == CONSENT and not agreed else ""

    def _budget(self, person: Addressee) -> Answer:
        """Of several rules that are over, the one that is free last."""
        known = {e.pk: e for e in (*self.sent[person.record_id], *self.sent[person.sealed])}
        others = [e for e in known.values() if not e.thread or e.thread != self.message.thread]
        over = []
        for rule in self.rules:
            if self._concerns(rule, person):
                times = [e.at for e in others if _counts(rule, e)]
                if free := next_free(times, rule.most, rule.days, self.now):
                    over.append((free, rule.key))
        if not over:
            return ALLOWED
        free, key = max(over)
        return Answer(answers.OVER, key, free)

    def _concerns(self, rule: RuleDef, person: Addressee) -> bool:
        """A list that cannot be read any more holds nobody free."""
        if not rule.segment or find_segment(self.snapshot)(rule.segment) is None:
            return True
        if rule.segment not in self._segments:
            segment = segments_of(self.snapshot)[rule.segment]
            self._segments[rule.segment] = among(segment, self.ids, self.snapshot, self.now)
        return person.record_id in self._segments[rule.segment]


def _says_yes(value: Any, option: str) -> bool:
    if isinstance(value, list):
        return option in value
    return value is True or (bool(option) and value == option)


def _counts(rule: RuleDef, entry: ContactEntry) -> bool:
    return entry.kind in rule.kinds and (not rule.survey or entry.what == f"{SURVEY}:{rule.survey}")


def ask(
    message: Message,
    people: Iterable[Addressee],
    *,
    snapshot: Snapshot | None = None,
    now: datetime | None = None,
) -> list[Answer]:
    """For each, in the same order. Nothing is written: `services.claim` asks again when it is sent."""
    asked = _Asking(message, list(people), snapshot or live(), now or timezone.now())
    return [asked.answer(person) for person in asked.people]
