"""In the gate: a record about which others have yet to decide is held."""

from __future__ import annotations

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from records.gate.batch import Batch
from workflows.approvals.definitions import SECTION
from workflows.approvals.selectors import asked_people
from workflows.models import ApprovalRequest

HOLDS = ("change", "archive", "restore", "delete")


def hold(batch: Batch) -> None:
    """What is computed anew goes on: it is nobody's edit."""
    if batch.recomputes or SECTION not in batch.snapshot.sections:
        return
    drafts = batch.sound(*HOLDS)
    ids = [draft.change.id for draft in drafts if draft.change.id is not None]
    if not ids:
        return
    rows = ApprovalRequest.objects.filter(record__in=ids, state=ApprovalRequest.State.WAITING)
    waiting = {row.record_id: row for row in rows}
    if not waiting:
        return
    people = asked_people(waiting.values())
    for draft in drafts:
        found = waiting.get(draft.change.id)
        if found is not None:
            message = _("It is held since %(since)s until this is decided by: %(people)s.") % {
                "since": formats.date_format(
                    timezone.localtime(found.asked_at), "SHORT_DATETIME_FORMAT"
                ),
                "people": ", ".join(people.get(found.pk, ())),
            }
            draft.refuse("held", message, rule=f"{SECTION}:{found.process}", request=found.pk)
