"""What a record's timeline tells of approvals: who asked, who said what, and how it ended."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from records.selectors.reading import RecordView
from records.timeline_notes import Note
from workflows.approvals import selectors
from workflows.approvals.definitions import processes_of
from workflows.models import ApprovalRequest, ApprovalVote


def notes(view: RecordView) -> Iterator[Note]:
    """Whoever sees the record learns what was asked and how it ended; what was said, and by whom, those concerned."""
    processes = processes_of(view.access.snapshot)
    if not any(process.type == view.type.key for process in processes.values()):
        return
    rows = selectors.of_record(view.id)
    concerned = set(
        selectors.visible(view.access)
        .filter(pk__in=[row.pk for row in rows])
        .values_list("pk", flat=True)
    )
    votes = _votes(concerned)
    for row in rows:
        process = processes.get(row.process)
        name = process.label if process else row.process
        url = reverse("approvals:request", args=[row.pk]) if row.pk in concerned else ""
        yield from _of(row, name, url, votes[row.pk])


def _of(row: ApprovalRequest, name: str, url: str, votes: Sequence[ApprovalVote]) -> Iterator[Note]:
    """`url` is empty for whoever is not concerned."""
    what = _("asked for approval: %(process)s") % {"process": name}
    yield Note(row.asked_at, str(row.requester or ""), what, row.comment if url else "", url)
    for vote in votes:
        if vote.at is not None:
            said = f"{vote.get_verdict_display()}: {name}"
            yield Note(vote.at, str(vote.by or vote.user), said, vote.comment, url)
    if row.ended_at is not None:
        yield Note(row.ended_at, "", f"{name}: {row.get_state_display()}", "", url)


def _votes(requests: Collection[int]) -> Mapping[int, list[ApprovalVote]]:
    rows = ApprovalVote.objects.filter(step__request__in=requests, at__isnull=False)
    found: dict[int, list[ApprovalVote]] = defaultdict(list)
    for vote in rows.select_related("user", "by", "step").order_by("at"):
        found[vote.step.request_id].append(vote)
    return found
