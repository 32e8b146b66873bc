"""A run from beginning to end, chunk by chunk; taken up again, it goes on where it was."""

from __future__ import annotations

from collections import Counter

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from jobs.errors import Permanent
from jobs.runs import JobRun
from records.access import Access
from records.imports import fitting, mapping, prescan, staging
from records.imports.chunks import LINKED, WRITTEN, ChunkWork, outcomes_of, rows_of
from records.imports.errors import ImportRefused
from records.imports.linking import LinkWork, foresee
from records.imports.mapping import ImportMapping
from records.imports.matching import ROW
from records.imports.outcomes import RowOutcome
from records.imports.plan import Plan
from records.imports.summary import summarise
from records.models import ImportChunk, ImportRun
from records.selectors.conditions import standpoint

State = ImportRun.State


def perform(run: ImportRun, job: JobRun, *, dry_run: bool) -> None:
    """1. Keep the rows. 2. Look them over. 3. Take chunk after chunk. 4. Set links among them. 5. Sum up.

    Raises `Permanent` where trying again cannot help.
    """
    try:
        access = access_of(run)
        staging.stage(run)
        plan = plan_of(run, access)
    except ImportRefused as error:
        raise Permanent(error.message) from error
    prescan.look_over(plan, rows_of(run, plan.headings))
    _write_rows(run, job, plan, dry_run=dry_run)
    if any(plan.own_keys(column) for column in plan.mapping.columns):
        _foresee_links(run, plan) if dry_run else _set_links(run, job, plan)
    _finish(run, dry_run=dry_run)


def access_of(run: ImportRun) -> Access:
    """Of whoever imports, as they stand now. A run whose person is gone has no rights left."""
    if run.authority:
        return Access.system()
    if run.owner is None or not run.owner.is_active:
        raise ImportRefused(_("Whoever started this import may no longer work here."))
    return Access.of(run.owner)


def plan_of(run: ImportRun, access: Access) -> Plan:
    """Raises `MappingRefused`: types and rights may have changed since the columns were chosen."""
    chosen: ImportMapping = mapping.load(run.mapping)
    headings = tuple(column["heading"] for column in run.profile["columns"])
    record_type = fitting.require(chosen, access=access, headings=headings)
    return Plan(chosen, record_type, access, headings)


def reason_of(run: ImportRun) -> str:
    return _("Import %(run)s") % {"run": run}


def _write_rows(run: ImportRun, job: JobRun, plan: Plan, *, dry_run: bool) -> None:
    work = ChunkWork(plan, standpoint(plan.access), dry_run=dry_run, reason=reason_of(run))
    done = 0
    for chunk_id in _chunks(run):
        job.stop_if_cancelled()
        with transaction.atomic():
            chunk = ImportChunk.objects.select_for_update().get(pk=chunk_id)
            if dry_run or chunk.passes < WRITTEN:
                made = work.take(chunk).made
                chunk.save(update_fields=["outcomes", "passes"])
                _count_made(run, made, anew=dry_run and done == 0)
            done += len(chunk.rows)
            job.progress(done, run.rows)
            job.checkpoint({"chunk": chunk.number, "pass": WRITTEN})


def _chunks(run: ImportRun) -> list[int]:
    return list(run.chunks.order_by("number").values_list("pk", flat=True))


def _count_made(run: ImportRun, made: Counter[str], *, anew: bool) -> None:
    """What was made besides the rows' own records, kept with the chunk that made it."""
    before = {} if anew else run.counts.get("made", {})
    run.counts = {**run.counts, "made": dict(Counter(before) + made)}
    run.save(update_fields=["counts"])


def _set_links(run: ImportRun, job: JobRun, plan: Plan) -> None:
    work = LinkWork(plan, reason=reason_of(run))
    job.progress(0, run.rows, _("Setting links between the rows"))
    done = 0
    for chunk_id in _chunks(run):
        job.stop_if_cancelled()
        with transaction.atomic():
            chunk = ImportChunk.objects.select_for_update().get(pk=chunk_id)
            if chunk.passes < LINKED:
                work.take(chunk)
                chunk.save(update_fields=["outcomes", "passes"])
            done += len(chunk.rows)
            job.progress(done, run.rows)
            job.checkpoint({"chunk": chunk.number, "pass": LINKED})


@transaction.atomic
def _foresee_links(run: ImportRun, plan: Plan) -> None:
    """Rows that are refused are nothing that others could link to."""
    refused = {row[0] for row, raw in outcomes_of(run) if raw["s"] == "refused"}
    accepted = (row for row in rows_of(run, plan.headings) if row[ROW] not in refused)
    prescan.look_over(plan, accepted)
    for chunk in run.chunks.order_by("number").iterator(chunk_size=20):
        if any(outcome.get("d") for outcome in chunk.outcomes):
            foresee(chunk, plan)
            chunk.save(update_fields=["outcomes"])


def _finish(run: ImportRun, *, dry_run: bool) -> None:
    told = summarise((row[0], RowOutcome.load(outcome)) for row, outcome in outcomes_of(run))
    made = run.counts.get("made", {})
    run.counts = {**told.counts, "made": made}
    run.summary = told.dump()
    run.state = State.CHECKED if dry_run else State.DONE
    run.error = ""
    run.finished_at = timezone.now()
    run.save(update_fields=["counts", "summary", "state", "error", "finished_at"])
