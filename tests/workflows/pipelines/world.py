"""A sales pipeline over the small company's deals, and moves along it."""

from typing import Any

from crm_config import payload
from records import services
from records.access import Access
from records.gate import Change, Outcome
from records.models import Record
from tests import company as small

STAGES: list[dict[str, Any]] = [
    {"key": "new", "labels": {"en": "New"}, "start": True, "probability": 10},
    {
        "key": "offer",
        "labels": {"en": "Offer"},
        "colour": "blue",
        "entry": ["amount"],
        "probability": 50,
        "stale_after": 14,
        "help": {"en": "They have a written offer."},
    },
    {"key": "review", "labels": {"en": "Review"}, "colour": "orange", "probability": 80},
    {"key": "won", "labels": {"en": "Won"}, "colour": "green", "meaning": "won"},
    {"key": "lost", "labels": {"en": "Lost"}, "colour": "red", "meaning": "lost"},
]
TRANSITIONS: list[dict[str, Any]] = [
    {"key": "offering", "from": ["new"], "to": "offer"},
    {"key": "reviewing", "from": ["offer"], "to": "review"},
    {
        "key": "winning",
        "from": ["offer", "review"],
        "to": "won",
        "roles": ["manager"],
        "guard": {"field": "amount", "op": "gte", "value": "100 EUR"},
        "message": {"en": "A deal below 100 is not worth it."},
        "sets": {"won": True},
    },
    {"key": "losing", "to": "lost", "fields": ["close_date"]},
]


def pipeline(**more: Any) -> dict[str, Any]:
    return {
        "key": "deals",
        "labels": {"en": "Deals"},
        "type": "deal",
        "stages": STAGES,
        "transitions": TRANSITIONS,
        **more,
    }


def company(*pipelines: dict[str, Any], **more: Any) -> payload.Payload:
    """Everybody who may change deals may move them."""
    found = small.small_company()
    for role in found["roles"]:
        moving = [g for g in role["grants"] if g["action"] == "change"]
        role["grants"] += [{**g, "action": "transition"} for g in moving]
    deal = next(t for t in found["record_types"] if t["key"] == "deal")
    deal["traits"] = []
    deal["columns"] = ["title", "stage", "amount", "owner"]
    return {**found, "pipelines": list(pipelines or [pipeline()]), **more}


def publish(*pipelines: dict[str, Any], **more: Any) -> None:
    small.publish(company=company(*pipelines, **more))


def move(
    pk: int, stage: str | None, user: Any = None, channel: str = "screen", **values: Any
) -> Outcome:
    access = Access.of(user) if user else Access.system()
    change = Change("change", id=pk, values={"stage": stage, **values})
    return services.execute_one(change, access=access, channel=channel)


def codes(outcome: Outcome) -> list[tuple[str, str | None]]:
    return [(r.code, r.field) for r in outcome.refusals]


def stage_of(pk: int) -> str | None:
    return Record.unscoped.get(pk=pk).stage
