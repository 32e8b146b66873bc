"""How fast events become finished automations, and how long the last of a burst waits."""

from time import perf_counter

from django.db.models import F, Max

from benchmarks.measures import create
from benchmarks.world import World
from crm_config import publication
from jobs.services import run_pending
from records.access import Access
from workflows.models import Automation, AutomationRun

EVENTS, CHUNK = 10_000, 1_000


def told(world: World) -> str:
    """One worker. Each event sets off one automation with two actions: a field is set, a word is left."""
    Automation.objects.create(
        key="burst",
        labels={"en": "Burst"},
        type="deal",
        enabled=True,
        trigger={"kind": "created"},
        actions=[
            {
                "key": "set",
                "kind": "set_fields",
                "arguments": {"values": {"notes": {"value": "Seen"}}},
            },
            {"key": "tell", "kind": "notify", "arguments": {"text": "Seen", "owner": True}},
        ],
    )
    publication.publish(user=None, reason="A burst of events")
    run_pending()
    access = Access.of(world.user)
    for _chunk in range(EVENTS // CHUNK):
        create(access, CHUNK)
    began = perf_counter()
    run_pending()
    seconds = perf_counter() - began
    runs = AutomationRun.objects.filter(automation="burst")
    done = runs.filter(state=AutomationRun.State.DONE)
    longest = done.aggregate(age=Max(F("finished_at") - F("created_at")))["age"]
    return (
        f"{EVENTS:,} events in a burst, one automation of two actions each, one worker: {done.count():,} of "
        f"{runs.count():,} runs done in {seconds:,.0f} seconds, {done.count() / seconds:,.0f} a second; "
        f"from its beginning, the slowest took {longest.total_seconds():,.0f} seconds."
    )
