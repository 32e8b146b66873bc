"""What is looked after regularly."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from jobs.registry import job, periodic
from jobs.runs import JobRun
from surveys.answering import erasing, knocks


@job("surveys.sweep", label=_("Forget who answered from where"))
def sweep(run: JobRun) -> dict[str, int]:
    return {"addresses forgotten": knocks.forget(), "answers anonymised": erasing.anonymise()}


periodic("surveys.sweep", every=timedelta(minutes=30))
