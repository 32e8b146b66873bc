"""The jobs of imports."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from jobs.errors import Permanent
from jobs.registry import job, periodic
from jobs.runs import JobRun
from records.imports import services
from records.imports.running import perform
from records.models import ImportRun

KIND = services.KIND
State = ImportRun.State


@job(KIND, label=_("Import"), max_attempts=5)
def run_import(run: JobRun) -> None:
    """A chunk's mark is written with its rows: begun again, those that are in are left alone."""
    dry_run: bool = run.args["dry_run"]
    found = ImportRun.objects.select_related("owner").filter(pk=run.args["run"]).first()
    if found is None:
        raise Permanent(_("The import was discarded."))
    ImportRun.objects.filter(pk=found.pk).update(
        state=State.CHECKING if dry_run else State.RUNNING, job=run.job
    )
    perform(found, run, dry_run=dry_run)


@job("records.imports.empty", label=_("Remove the rows of old imports"))
def empty_old(run: JobRun) -> None:
    """Files and rows hold people's data: they go after a while, what came of them stays."""
    kept = timedelta(days=settings.IMPORT_KEEP_DAYS)
    old = ImportRun.objects.filter(emptied_at=None, created_at__lt=timezone.now() - kept)
    for found in old.iterator():
        services.empty(found)


periodic("records.imports.empty", every=timedelta(days=1))
