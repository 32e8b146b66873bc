"""Purging, as jobs: in chunks, resumed where they stopped."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from crm_config.live import pinned
from jobs.errors import Permanent
from jobs.registry import job
from jobs.runs import JobRun
from records.errors import Forbidden
from records.purge import fields, types

FIELD = "records.purge_field"
TYPE = "records.purge_type"


@job(FIELD, label=_("Purge a field's data"))
def purge_field(run: JobRun) -> dict[str, int]:
    with pinned() as snapshot:
        try:
            found = fields.find(
                run.args["type"],
                run.args["key"],
                snapshot=snapshot,
                left_behind=run.args["left_behind"],
            )
        except Forbidden as refusal:
            raise Permanent(refusal.message) from refusal
        return _until_done(run, lambda: fields.purge_some(found))


@job(TYPE, label=_("Purge a record type's records"))
def purge_type(run: JobRun) -> dict[str, int]:
    with pinned() as snapshot:
        try:
            found = types.find(run.args["type"], snapshot=snapshot)
        except Forbidden as refusal:
            raise Permanent(refusal.message) from refusal
        return _until_done(run, lambda: types.purge_some(found))


def _until_done(run: JobRun, some: Callable[[], int]) -> dict[str, int]:
    """Chunk after chunk: what is purged is not found again, so that starting anew goes on."""
    done = int(run.cursor or 0)
    while True:
        run.stop_if_cancelled()
        with transaction.atomic():
            number = some()
            done += number
            run.progress(done)
            run.checkpoint(done)
        if not number:
            return {"rows": done}
