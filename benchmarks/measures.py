"""What is measured, on both sides the same question."""

import random
from collections.abc import Callable, Iterator
from datetime import date
from time import perf_counter
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from benchmarks import scopes, segments
from benchmarks.clock import Row, compare
from benchmarks.handwritten import Audit, Company, Deal
from benchmarks.world import World
from crm_config.live import live, pinned
from records import services
from records.access import Access
from records.gate import Change
from records.selectors import Query, count, get, page

IN_IT = {"field": "sector", "op": "eq", "value": "it"}
SOON = {"all": [IN_IT, {"field": "close_date", "op": "lt", "value": "2026-06-01"}]}


def measure(world: World) -> Iterator[Row]:
    with pinned():
        access = Access.of(world.user)
        yield from reading(world, access)
        yield from scopes.measure(access)
        yield from segments.measure(access, mine(access))
        yield from writing(world, access)


LARGE = {"field": "customer.size", "op": "eq", "value": "large"}
ABOVE = {"field": "amount", "op": "gt", "value": "90000 EUR"}
GREAT = {"related": "deals", "where": ABOVE, "some": True}


def seen_customers(access: Access) -> Q:
    """A filter reaches customers as far as whoever asks sees them."""
    standing = access.standing
    return Q(customer__owner_id=access.user_id) | Q(customer__team_id__in=sorted(standing.teams))


def mine(access: Access) -> Q:
    """What a team-scoped person sees, written by hand."""
    return Q(owner_id=access.user_id) | Q(team_id__in=sorted(access.standing.teams))


def reading(world: World, access: Access) -> Iterator[Row]:
    deal = live().types["deal"]

    def listed(where: Any, sort: str) -> Callable[[], object]:
        return lambda: page(Query(deal, where=where, sort=sort), access=access)

    def by_hand(where: Q, *order: Any) -> Callable[[], object]:
        return lambda: list(
            Deal.objects.filter(mine(access), where, archived_at=None).order_by(*order)[:51]
        )

    amount = (F("amount").desc(nulls_last=True), "-id")
    yield compare(
        "list: newest first", listed(None, "-modified_at"), by_hand(Q(), "-modified_at", "-id")
    )
    yield compare(
        "list: one filter, by amount", listed(IN_IT, "-amount"), by_hand(Q(sector="it"), *amount)
    )
    soon = Q(sector="it", close_date__lt=date(2026, 6, 1))
    yield compare(
        "list: two filters, by date", listed(SOON, "close_date"), by_hand(soon, "close_date", "id")
    )
    yield compare(
        "list: by the customer's size, by amount",
        listed(LARGE, "-amount"),
        by_hand(Q(seen_customers(access), customer__size="large"), *amount),
    )
    yield compare(
        "count: customers with a deal above 90,000",
        lambda: (
            count(
                Query(live().types["organisation"], where=GREAT), access=access, exactly=True
            ).number
        ),
        lambda: Company.objects.filter(
            Exists(
                Deal.objects.filter(
                    mine(access), customer=OuterRef("pk"), amount__gt=9_000_000, archived_at=None
                )
            ),
            mine(access),
            archived_at=None,
        ).count(),
    )
    yield compare(
        "count: one filter",
        lambda: count(Query(deal, where=IN_IT), access=access, exactly=True).number,
        lambda: Deal.objects.filter(mine(access), sector="it", archived_at=None).count(),
    )
    everything = Access.system()
    yield compare(
        "count: one filter, all records",
        lambda: count(Query(deal, where=IN_IT), access=everything, exactly=True).number,
        lambda: Deal.objects.filter(sector="it", archived_at=None).count(),
        rounds=9,
    )
    chosen = visible_ids(world, access)
    by_id = iter(chosen * 50)
    hand_id = iter([pk & ((1 << 40) - 1) for pk in chosen] * 50)
    yield compare(
        "get",
        lambda: get(next(by_id), access=access),
        lambda: Deal.objects.filter(mine(access)).get(pk=next(hand_id)),
    )


def visible_ids(world: World, access: Access) -> list[int]:
    deal = live().types["deal"]
    return [row.id for row in page(Query(deal, sort="-amount"), access=access, size=200).rows]


def writing(world: World, access: Access) -> Iterator[Row]:
    ids = visible_ids(world, access)
    rng = random.Random(7)

    def patch() -> None:
        change = Change(
            "change", id=rng.choice(ids), values={"amount": f"{rng.randrange(10_000)} EUR"}
        )
        services.execute_or_raise([change], access=access, channel="api")

    @transaction.atomic
    def patch_by_hand() -> None:
        row = (
            Deal.objects.select_for_update()
            .filter(mine(access))
            .get(pk=rng.choice(ids) & ((1 << 40) - 1))
        )
        before, row.amount = row.amount, rng.randrange(10_000)
        row.version += 1
        row.modified_at = timezone.now()
        row.save(update_fields=["amount", "version", "modified_at"])
        audit(row, {"amount": [before, row.amount]})

    yield compare("patch", patch, patch_by_hand)
    yield compare("create", lambda: create(access, 1), lambda: create_by_hand(access, 1))
    yield compare(
        "create 1,000 in a batch",
        lambda: create(access, 1000),
        lambda: create_by_hand(access, 1000),
        rounds=5,
    )


def audit(row: Deal, changes: dict[str, Any]) -> None:
    Audit.objects.create(deal_id=row.pk, at=timezone.now(), actor_id=1, changes=changes)


def values(place: int) -> dict[str, Any]:
    return {
        "name": f"New deal {place}",
        "amount": "12.50 EUR",
        "close_date": "2026-05-01",
        "sector": "it",
        "tags": ["hot"],
    }


def create(access: Access, number: int) -> None:
    changes = [Change("create", type="deal", values=values(n)) for n in range(number)]
    services.execute_or_raise(changes, access=access, channel="import")


@transaction.atomic
def create_by_hand(access: Access, number: int) -> None:
    now = timezone.now()
    rows = Deal.objects.bulk_create(
        Deal(
            title=f"New deal {n}",
            title_norm=f"new deal {n}",
            amount=1250,
            close_date=date(2026, 5, 1),
            sector="it",
            tags=["hot"],
            owner_id=access.user_id,
            created_at=now,
            modified_at=now,
        )
        for n in range(number)
    )
    Audit.objects.bulk_create(
        Audit(deal_id=row.pk, at=now, actor_id=access.user_id, changes={}) for row in rows
    )


def rows_per_second(access: Access, number: int = 5000, chunk: int = 1000) -> float:
    """Through the gate, in chunks as imports run."""
    start = perf_counter()
    for _chunk in range(number // chunk):
        create(access, chunk)
    return number / (perf_counter() - start)
