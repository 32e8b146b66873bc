"""How long it takes to try a draft: the worst case, where every grant of everybody changes for themselves."""

from time import perf_counter

from benchmarks.world import PEOPLE, World
from crm_config.models import TypeGrant
from records.simulation.services import start


def told(world: World) -> str:
    """Each of the people loses the records of their team that are not their own, for every action."""
    TypeGrant.objects.filter(role__key="sales").update(scope="own")
    began = perf_counter()
    simulation = start(user=None, inline=True)
    seconds = perf_counter() - began
    TypeGrant.objects.filter(role__key="sales").update(scope="team")
    rows = simulation.figures["sight"]["people"]
    numbers = sum(row["lost"] for row in rows)
    return (
        f"A draft that changes every grant of {PEOPLE} people, tried on {world.number:,} records: "
        f"{seconds:,.0f} seconds ({len(rows):,} rows of figures, {numbers:,} records lost in sum)."
    )
