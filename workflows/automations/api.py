"""Over the API: what automations did with a record, and why or why not."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Path, Schema
from pydantic import Field

from crm_config.keys import MAX_KEY
from records.api.auth import caller_of
from records.api.openapi import refusing
from records.api.operations import must_be_of, type_named
from records.api.routers import records as router
from records.api.schemas.base import PLAIN, RecordId
from records.api.schemas.explaining import PartOut
from records.errors import NotVisible
from records.selectors import RecordView, get
from records.selectors.plain import plain_views
from workflows.automations import why
from workflows.automations.rights import administers
from workflows.automations.why import Evaluation
from workflows.models import AutomationRun

MOST_RUNS = 50
Key = Annotated[str, Field(max_length=MAX_KEY, pattern=PLAIN)]


class RunOut(Schema):
    id: int
    automation: str
    label: str
    state: str
    began_at: datetime
    ended_at: datetime | None
    reason: str = Field(description="Why it stands still; for administrators.")
    steps: list[str] = Field(description="What it did; for administrators.")


class AutomationOut(Schema):
    key: str
    label: str
    enabled: bool


class RunsOut(Schema):
    runs: list[RunOut] = Field(description="The newest first.")
    automations: list[AutomationOut] = Field(description="Those of the record's type.")


class EvaluationOut(Schema):
    at: datetime
    what: str = Field(description="What had happened to the record.")
    ran: bool
    run: int | None
    matched: bool = Field(description="Whether it is what the automation waits for.")
    reason: str
    part: PartOut | None = Field(description="Its condition, part by part, as it stood then.")


class WhyOut(Schema):
    automation: str
    label: str
    evaluations: list[EvaluationOut] = Field(description="The newest first.")


@router.get(
    "/{type}/{int:id}/automations",
    response=RunsOut,
    url_name="record_automations",
    summary="What automations did with a record",
    openapi_extra=refusing(HTTPStatus.NOT_FOUND),
)
def get_record_automations(request: HttpRequest, type: str, id: Path[RecordId]) -> dict[str, Any]:
    """Everybody who sees the record learns that they ran; what they did is told to administrators."""
    record = _record(request, type, id)
    known = {a.key: a for a in why.of_type(record.type, record.access)}
    rows = AutomationRun.objects.filter(record_id=record.id, automation__in=known)
    told = administers(record.access)
    runs = rows.prefetch_related("steps")[:MOST_RUNS] if told else rows[:MOST_RUNS]
    return {
        "runs": [_run(run, known[run.automation].label, told=told) for run in runs],
        "automations": [
            {"key": a.key, "label": a.label, "enabled": a.enabled} for a in known.values()
        ],
    }


@router.get(
    "/{type}/{int:id}/automations/{automation}",
    response=WhyOut,
    url_name="record_automation",
    summary="Why an automation ran on a record, or why not",
    openapi_extra=refusing(HTTPStatus.NOT_FOUND),
)
def get_why(
    request: HttpRequest, type: str, id: Path[RecordId], automation: Path[Key]
) -> dict[str, Any]:
    """For each of the record's last changes, with the values of that moment as far as you may read them."""
    record = _record(request, type, id)
    found = next((a for a in why.of_type(record.type, record.access) if a.key == automation), None)
    if found is None:
        raise NotVisible(automation)
    return {
        "automation": found.key,
        "label": found.label,
        "evaluations": list(_evaluations(why.evaluations(found, record))),
    }


def _record(request: HttpRequest, type_key: str, record_id: int) -> RecordView:
    access = caller_of(request).access
    must_be_of(type_named(type_key, access), record_id)
    return get(record_id, access=access, views=plain_views)


def _run(run: AutomationRun, label: str, *, told: bool) -> dict[str, Any]:
    return {
        "id": run.pk,
        "automation": run.automation,
        "label": label,
        "state": run.state,
        "began_at": run.created_at,
        "ended_at": run.finished_at,
        "reason": run.reason if told else "",
        "steps": [step.result for step in run.steps.all()] if told else [],
    }


def _evaluations(found: Iterable[Evaluation]) -> Iterable[dict[str, Any]]:
    for each in found:
        yield {
            "at": each.at,
            "what": str(each.what),
            "ran": each.ran,
            "run": each.run.pk if each.run else None,
            "matched": each.matched,
            "reason": each.reason,
            "part": each.part.json() if each.part else None,
        }
