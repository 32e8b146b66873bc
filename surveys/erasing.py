"""When somebody is erased, what they said in their own words goes with them, and so does what others wrote of it; what
is counted stays: scores, numbers, options, and that something was answered. In the transaction that erases, for only
there it is known whose the answers are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q

from jobs.services import enqueue
from records.gate.batch import Batch
from surveys.models import Answer, FollowUp, FollowUpStep, Invitation, Response
from surveys.models.responses import ERASED
from surveys.models.sending import new_token

FILES = "surveys.forget_files"
CHUNK = 500
#: Of these, `why` is what a mail server said, with the address in it.
TOLD_BY_SERVERS = (
    Invitation.Status.QUEUED,
    Invitation.Status.FAILED,
    Invitation.Status.BOUNCED,
    Invitation.Status.UNSURE,
)


def keep(batch: Batch) -> None:
    gone = [d.change.id for d in batch.sound("delete") if d.change.id is not None]
    for start in range(0, len(gone), CHUNK):
        _forget(gone[start : start + CHUNK])


def _forget(ids: list[int]) -> None:
    """Of whoever answers; where nobody is known to have, of the record that was asked about."""
    theirs = Q(person__in=ids) | Q(person=None, record__in=ids)
    invitations = Invitation.objects.filter(theirs)
    invitations.filter(status__in=TOLD_BY_SERVERS).update(why="")
    invitations.exclude(fixed={}).update(fixed={})
    rows = list(Response.objects.select_for_update().filter(theirs).order_by("pk"))
    if rows:
        _forget_words(rows)


def _forget_words(rows: list[Response]) -> None:
    known = [row.pk for row in rows]
    counted = _counted(known)
    files: list[Mapping[str, Any]] = []
    for row in rows:
        files += _files(row)
        counting = counted.get(row.pk, set()) - row.files.keys()
        row.values = {k: v for k, v in row.values.items() if k in counting}
        row.files, row.editing, row.fixed, row.sender = {}, None, {}, ""
        # By what their address and their page hold, the answers are not found any more.
        row.key, row.token = f"{ERASED}{row.pk}", new_token()
    changed = ["values", "files", "editing", "fixed", "sender", "key", "token"]
    Response.objects.bulk_update(rows, changed)
    Answer.objects.filter(response__in=known).exclude(text="").update(text="")
    FollowUp.objects.filter(response__in=known).update(outcome="", problems=[])
    FollowUpStep.objects.filter(follow_up__response__in=known).update(words="")
    if files:
        enqueue(kind=FILES, args={"files": files}, key=f"{FILES}:{known[0]}:{len(known)}")


def _counted(responses: list[int]) -> Mapping[int, set[str]]:
    """By response, the questions that were answered by options and numbers alone."""
    rows = Answer.objects.filter(response__in=responses)
    found: dict[int, set[str]] = {}
    worded: set[tuple[int, str]] = set()
    for response, question, text in rows.values_list("response", "question", "text"):
        found.setdefault(response, set()).add(question)
        if text:
            worded.add((response, question))
    for response, question in worded:
        found[response].discard(question)
    return found


def _files(row: Response) -> Iterable[Mapping[str, Any]]:
    """Those of answers that are being changed too."""
    held = {**row.files, **(row.editing or {}).get("files", {})}
    known = {
        each["id"]: {"id": each["id"], "kind": each["kind"]}
        for each in (*held.values(), *row.files.values())
    }
    return known.values()
