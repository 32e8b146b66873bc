"""Files of many responses, written by a job and fetched from its page by whoever asked for them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobs.errors import Permanent
from jobs.models import Job
from jobs.registry import job
from jobs.runs import JobRun
from jobs.services import enqueue
from records.access import Access
from records.exports.files import keep
from surveys.definitions import SurveyDef
from surveys.results import reach
from surveys.results.asking import Asked
from surveys.results.chosen import COMPLETED, Chosen
from surveys.results.exporting import export, may_export, size_of

KIND = "surveys.export"
#: Up to so many responses the file comes at once; beyond, a job writes it.
AT_ONCE = 5_000
#: After so many rows somebody may have called it off.
STEP = 1_000


def start(chosen: Chosen, wanted: str) -> Job:
    """Asked for twice, it is written once."""
    user = chosen.access.user
    said = {"survey": chosen.survey.key, "asked": asdict(chosen.asked), "format": wanted}
    whole = json.dumps([user and user.pk, said], sort_keys=True)
    key = f"{KIND}:{hashlib.sha256(whole.encode()).hexdigest()}"
    return enqueue(kind=KIND, args=said, key=key, user=user, total=size_of(chosen))


@job(KIND, label=gettext_lazy("Export results of surveys"))
def run(run: JobRun) -> dict[str, Any]:
    """With the rights that its asker has now, which may be others than when they asked."""
    access = Access.of(run.job.created_by or AnonymousUser())
    survey = reach.readable(run.args["survey"], access)
    if survey is None or not may_export(survey, access):
        raise Permanent(_("These results may not be exported any more."))
    standing = _standing(survey, access, access.now.isoformat())

    def report(rows: int) -> None:
        run.progress(rows)
        if rows % STEP == 0:
            run.stop_if_cancelled()

    made = export(
        Chosen(survey, access, Asked.of(run.args["asked"]), until=access.now),
        run.args["format"],
        report=report,
    )
    stored = keep(run.job, made.content, run.args["format"])
    return {
        "stored": stored,
        "name": made.name,
        "at": access.now.isoformat(),
        "standing": standing,
    }


def may_fetch(job: Job, access: Access) -> bool:
    """Whether its asker still may export, and still reaches whatever was in reach when it was written: no answer,
    record or person of it is gone or out of sight since."""
    survey = reach.readable(job.args["survey"], access)
    if survey is None or not may_export(survey, access):
        return False
    result = job.result or {}
    return _standing(survey, access, result["at"]) == result["standing"]


def _standing(survey: SurveyDef, access: Access, at: str) -> list[int]:
    """What the asker reaches of what had been answered by then. The same numbers are the same answers, of which as
    many records and persons are seen, with their names."""
    rows = reach.responses(survey, access).filter(status=COMPLETED, completed_at__lte=at)
    rows = rows.filter(reach.reached(survey, access, action="export"))
    record_type = reach.about(survey, access.snapshot)
    about = reach.seen("record", [record_type] if record_type else [], access)
    people = reach.seen("person", reach.asked_types(survey, access.snapshot), access)
    found = rows.aggregate(
        number=Count("pk"),
        which=Sum("pk"),
        records=Count("pk", filter=about),
        people=Count("pk", filter=people),
    )
    types = {t.key: t for t in (record_type, *reach.asked_types(survey, access.snapshot)) if t}
    named = ["title" in access.readable_everywhere(t) for t in types.values()]
    # PostgreSQL adds up large numbers as decimals, which JSON would keep as text.
    return [int(found[name] or 0) for name in ("number", "which", "records", "people")] + [
        sum(named)
    ]
