"""Each night: the live records that break procedures, counted and the first of them kept."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.conditions.api import NotInSql
from crm_config.definitions import Snapshot
from crm_config.live import pinned
from jobs.registry import job, periodic
from jobs.runs import JobRun
from records.access import Access
from records.models import Record
from workflows.models import ProcedureCheck
from workflows.procedures.conditions import Broken, Rule, rule_of
from workflows.procedures.definitions import ProcedureDef, procedures_of

KIND = "workflows.procedures.check"
FIRST = 100


@job(KIND, label=gettext_lazy("Check the procedures on all records"))
def check(run: JobRun) -> dict[str, int]:
    with pinned() as snapshot:
        asked = [p for p in procedures_of(snapshot).values() if _nightly(p, snapshot)]
        for done, procedure in enumerate(asked):
            run.stop_if_cancelled()
            run.progress(done, len(asked), procedure.label)
            look(procedure, snapshot)
        ProcedureCheck.objects.exclude(key__in=[p.key for p in asked]).delete()
    return {"checked": len(asked)}


def look(procedure: ProcedureDef, snapshot: Snapshot) -> ProcedureCheck:
    found: dict[str, Any] = {"found": 0, "first": [], "problem": ""}
    rule = rule_of(procedure, snapshot)
    if isinstance(rule, Broken):
        found["problem"] = "; ".join(map(str, rule.problems))
    else:
        try:
            rows = breaking(procedure, rule, snapshot)
            first = list(rows.order_by("pk").values_list("pk", flat=True)[:FIRST])
            found |= {"first": first, "found": len(first) if len(first) < FIRST else rows.count()}
        except NotInSql:
            found["problem"] = _("What changed cannot be asked each night.")
    about = {"type": procedure.type, "config_version": snapshot.version}
    row, _made = ProcedureCheck.objects.update_or_create(
        key=procedure.key, defaults={**about, **found, "checked_at": timezone.now()}
    )
    return row


def breaking(procedure: ProcedureDef, rule: Rule, snapshot: Snapshot) -> QuerySet[Record]:
    """Raises `NotInSql`."""
    access = Access(snapshot=snapshot, authority=True)
    rows = Record.unscoped.of(snapshot.types[procedure.type]).filter(archived_at=None)
    return rows.filter(rule.q(access.askers[0].standpoint))


def _nightly(procedure: ProcedureDef, snapshot: Snapshot) -> bool:
    record_type = snapshot.types.get(procedure.type)
    used = record_type is not None and not record_type.retired and not procedure.retired
    return used and "nightly" in procedure.moments


periodic(KIND, every=timedelta(days=1))
