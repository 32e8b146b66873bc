"""What the configuration app asks about promises."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from crm_config.compiler import Draft
from crm_config.definitions import Snapshot
from crm_config.models import User
from crm_config.problems import Problem
from crm_config.promises import checking
from crm_config.promises.checking import Verdict
from crm_config.promises.naming import SnapshotNames, sentence
from crm_config.promises.telling import told
from crm_config.sections.promises import live_promises
from jobs.models import Job
from jobs.models.job import UNFINISHED
from jobs.services import enqueue
from records.access import Access
from records.errors import NotVisible
from records.promises.check import digest, keep, verdicts
from records.selectors import get
from records.selectors.names import record_url

KIND = "records.promises"


class LiveChecker(checking.Checker):
    def verdicts(self, snapshot: Snapshot) -> Sequence[Verdict]:
        return verdicts(snapshot)

    def problems(self, draft: Draft) -> Sequence[Problem]:
        found = verdicts(draft.snapshot)
        return [_problem(v, draft.snapshot) for v in found if not v.kept]

    def look(self, snapshot: Snapshot, key: str) -> Verdict | None:
        asked = [p for p in live_promises(snapshot.sections) if p.key == key]
        found = verdicts(snapshot, asked)
        keep(found, draft=True, whole=False)
        return found[0] if found else None

    def digest(self, promise: Any) -> str:
        return digest(promise)

    def start(self, user: User) -> None:
        enqueue(kind=KIND, args={"draft": True}, key=f"{KIND}:draft", user=user)

    def running(self) -> Job | None:
        return Job.objects.filter(kind=KIND, state__in=UNFINISHED).first()

    def record(self, record: int, user: User) -> tuple[str, str] | None:
        access = Access.of(user)
        try:
            return get(record, access=access, keys=()).title, record_url(record)
        except NotVisible:
            return None


def _problem(verdict: Verdict, snapshot: Snapshot) -> Problem:
    assert verdict.example is not None
    said = sentence(verdict.promise, SnapshotNames(snapshot))
    message = _("This promise would not hold: %(promise)s %(example)s") % {
        "promise": said,
        "example": told(verdict.example, snapshot),
    }
    return Problem(("promises", verdict.promise.key), message)
