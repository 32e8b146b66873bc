"""The contact ledger is pruned each night."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm_config.live import live
from jobs.registry import job, periodic
from jobs.runs import JobRun
from records.contact.pruning import oldest_kept, prune

KIND = "records.forget_contacts"


@job(KIND, label=_("Forget old lines of the contact ledger"))
def forget(run: JobRun) -> dict[str, int]:
    gone = 0
    for gone in prune(oldest_kept(live(), timezone.now())):
        run.progress(gone)
        run.stop_if_cancelled()
    return {"forgotten": gone}


periodic(KIND, every=timedelta(days=1))
