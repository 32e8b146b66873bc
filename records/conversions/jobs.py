"""The job that brings all records of a type in line with what is published."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from crm_config.definitions import Snapshot, TypeDef
from crm_config.live import pinned
from jobs.errors import Permanent
from jobs.registry import job
from jobs.runs import JobRun
from jobs.services import enqueue
from records import services
from records.gate.refresh import Refreshed
from records.models import Record

KIND = "records.refresh"
CHUNK = 500
#: So many duplicates are named in the result; the audit finds them all.
MOST_NAMED = 100
COUNTS = ("records", "written", "converted", "rounded", "left")


@job(KIND, label=_("Bring records in line with the configuration"))
def refresh_type(run: JobRun) -> dict[str, Any]:
    """All records of a type, in the order of their ids, one chunk a transaction; resumes after the last.

    1. Convert what stands in a former form of its field. 2. Make titles, normalised texts, search entries
    and unique values anew. 3. Where values were converted, compute fields that may read them.
    """
    with pinned() as snapshot:
        record_type = snapshot.types.get(run.args["type"])
        if record_type is None:
            raise Permanent(_("There is no record type “%(key)s”.") % {"key": run.args["type"]})
        result = _all_of(record_type, snapshot, run)
        if result["converted"] + result["left"] and any(
            f.type.computed for f in record_type.active
        ):
            enqueue(kind="records.recompute", args={"type": record_type.key})
    return result


def _all_of(record_type: TypeDef, snapshot: Snapshot, run: JobRun) -> dict[str, Any]:
    rows = Record.unscoped.of(record_type).order_by("pk").values_list("pk", flat=True)
    total = rows.count()
    kept = run.cursor or {"last": 0, "result": {**dict.fromkeys(COUNTS, 0), "duplicates": []}}
    last, result = kept["last"], kept["result"]
    while ids := list(rows.filter(pk__gt=last)[:CHUNK]):
        run.stop_if_cancelled()
        with transaction.atomic():
            result = added(result, services.refresh(ids, snapshot=snapshot))
            last = ids[-1]
            run.progress(result["records"], total, record_type.plural_label)
            run.checkpoint({"last": last, "result": result})
    return result


def added(result: dict[str, Any], found: Refreshed) -> dict[str, Any]:
    counts = {name: result[name] + getattr(found, name) for name in COUNTS}
    duplicates = [*result["duplicates"], *map(list, found.duplicates)]
    return {**counts, "duplicates": duplicates[:MOST_NAMED]}
