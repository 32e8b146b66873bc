"""What was filled in without a connection, sent now: as its person, through the one gate, once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils import timezone

from forms_builder.definitions import FormDef
from forms_builder.engine.fields import sources_of
from forms_builder.handling.making import OWN, make
from forms_builder.handling.work import Work
from forms_builder.models import Submission
from forms_builder.offline.filling import StaffFilling
from records import occasions, services
from records.access import Access
from records.forms.submit import CHANNEL
from records.gate import Change, Refusal
from records.occasions import Occasion


@dataclass
class NotYet(Exception):
    """It waits on in the browser until it is mended: `errors` by item, `reasons` about the whole, and by its rule's
    name each warning that one may go past by giving a reason."""

    errors: Mapping[str, str] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)
    warnings: Mapping[str, str] = field(default_factory=dict)


class ChangedSince(Exception):
    """Under this key something else was sent before, and written."""


@dataclass(eq=False)
class StaffWork(Work):
    """With the person's own rights: what they may not do on a screen, they may not do so either."""

    acknowledged: Mapping[str, str] = field(default_factory=dict)

    def write(self, change: Change, what: str) -> int:
        known = Change(
            change.action,
            type=change.type,
            id=change.id,
            values=change.values,
            acknowledged=self.acknowledged,
        )
        outcome = services.execute_one(
            known, access=self.access, channel=CHANNEL, reason=self.form.label
        )
        if not outcome.ok or outcome.id is None:
            raise self._not_yet(outcome.refusals, own=what == "record")
        self.made.append({"id": outcome.id, "what": what})
        return outcome.id

    def _not_yet(self, refusals: list[Refusal], *, own: bool) -> NotYet:
        sources = sources_of(self.form, self.access.snapshot)
        items = {f.key: key for key, f in sources.items() if f.record_type == self.form.type}
        found: dict[str, str] = {}
        warnings = {str(r.rule): str(r.message) for r in refusals if _is_warning(r)}
        said = NotYet(found, [], warnings)
        for refusal in refusals:
            item = items.get(refusal.field or "") if own else None
            if item is not None:
                found.setdefault(item, str(refusal.message))
            elif not _is_warning(refusal):
                said.reasons.append(str(refusal.message))
        return said


def _is_warning(refusal: Refusal) -> bool:
    return refusal.code == "acknowledge" and bool(refusal.rule)


def send(
    form: FormDef,
    data: QueryDict,
    *,
    key: str,
    access: Access,
    language: str,
    acknowledged: Mapping[str, str],
) -> Submission:
    """The submission, whose `records` were made. Sent again under the same key, it is the one that was made before.
    Raises `NotYet` and `ChangedSince`; then nothing is written."""
    own, said = f"offline:{access.user_id}:{key}", digest(data)
    if (known := Submission.objects.filter(key=own).first()) is not None:
        return _same(known, said)
    filling = StaffFilling(form, access, language)
    filling.receive(data)
    states = filling.states()
    checked = filling.checked(states)
    if not checked.ok:
        raise NotYet({key: str(text) for key, text in checked.errors.items()})
    row = Submission(
        form=form.key,
        config_version=access.snapshot.version,
        channel=Submission.Channel.STAFF,
        status=Submission.Status.ACCEPTED,
        key=own,
        sender=said,
        language=language,
        handled_at=timezone.now(),
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            work = StaffWork(form, row, filling.logic, states, checked, access)
            work.acknowledged = acknowledged
            made = make(work)
            # The answers stand in the records, for those who may read them there.
            Submission.objects.filter(pk=row.pk).update(records=work.made)
            row.records = work.made
            key_of = f"form:{row.reference}"
            occasions.tell(
                Occasion("form_sent", [made[OWN]], key=key_of, detail={"form": form.key})
            )
    except IntegrityError:
        # Sent by two tabs at the same moment: the other one was faster.
        known = Submission.objects.filter(key=own).first()
        if known is None:
            raise
        return _same(known, said)
    return row


def _same(known: Submission, said: str) -> Submission:
    if known.sender != said:
        raise ChangedSince
    return known


def digest(data: QueryDict) -> str:
    """Tells whether the same was sent."""
    return hashlib.sha256(data.urlencode().encode()).hexdigest()[:32]
