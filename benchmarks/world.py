"""The same deals in both stores: configured records, and the table written by hand."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import connection, transaction

from benchmarks import handwritten, segments
from crm_config.live import live
from crm_config.models import Team, User
from crm_config.norm import normalised
from jobs.services import run_pending
from records.models import Record, RecordLink
from records.partitions import next_ids
from tests import company as small
from tests.cast import join, person
from tests.company import field, option, record_type

SECTORS = ("it", "retail", "health", "farming", "public", "energy", "food", "travel")
SIZES = ("small", "middle", "large", "public")
#: So many deals have one customer.
DEALS_EACH = 20
TAGS = ("hot", "new", "big", "late")
WORDS = (
    "Aegean",
    "Optics",
    "Danube",
    "Lenses",
    "Vistula",
    "Frames",
    "Carpathian",
    "Clinic",
    "Trade",
    "House",
)
CHUNK = 5000
PEOPLE = 200


@dataclass
class World:
    user: User
    number: int
    ids: list[int]


def deal() -> dict[str, Any]:
    more: dict[str, Any] = {"filterable": True, "sortable": True}
    return record_type(
        "deal",
        field("name", required=True, searchable=True, **more),
        field("amount", "money", **more),
        field("close_date", "date", **more),
        field("sector", "choice", filterable=True, choices=[option(key) for key in SECTORS]),
        field("tags", "multi_choice", filterable=True, choices=[option(key) for key in TAGS]),
        field("notes", "long_text"),
        field("customer", "link", options={"targets": ["organisation"], "reverse_key": "deals"}),
        title_template="{name}",
        columns=["title", "amount", "close_date", "sector", "owner"],
    )


def organisation() -> dict[str, Any]:
    return record_type(
        "organisation",
        field("name", required=True, searchable=True, filterable=True, sortable=True),
        field("size", "choice", filterable=True, choices=[option(key) for key in SIZES]),
        title_template="{name}",
    )


def company() -> dict[str, Any]:
    base = small.small_company()
    roles = [
        small.role("sales", "team", "deal", "organisation"),
        small.role("administrator", "all", "deal", "organisation", administers=True),
    ]
    types = [organisation(), deal()]
    return {**base, "record_types": types, "roles": roles, "segments": segments.configured()}


def build(number: int) -> World:
    small.publish(company=company())
    handwritten.create_tables()
    users = [person(f"user{n}") for n in range(PEOPLE)]
    teams = [Team.objects.create(name=f"Team {n}") for n in range(20)]
    for place, user in enumerate(users):
        join(user, "sales", teams[place % len(teams)])
    customers = store_customers(max(1, number // DEALS_EACH), users, teams)
    ids: list[int] = []
    for chunk in chunks(number, users, teams):
        ids.extend(store(chunk, customers))
    segments.fill(ids)
    run_pending()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return World(users[0], number, ids)


def chunks(number: int, users: list[User], teams: list[Team]) -> Iterator[list[dict[str, Any]]]:
    rng = random.Random(20)
    made = 0
    while made < number:
        size = min(CHUNK, number - made)
        yield [one(rng, made + place, users, teams) for place in range(size)]
        made += size


def one(rng: random.Random, place: int, users: list[User], teams: list[Team]) -> dict[str, Any]:
    owner = rng.randrange(len(users))
    moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=place % 400_000)
    name = f"{rng.choice(WORDS)} {rng.choice(WORDS)} {place}"
    return {
        "title": name,
        "owner_id": users[owner].pk,
        "team_id": teams[owner % len(teams)].pk,
        "amount": rng.randrange(1_000, 10_000_000) if rng.random() < 0.9 else None,
        "close_date": date(2026, 1, 1) + timedelta(days=rng.randrange(700)),
        "sector": rng.choice(SECTORS),
        "tags": sorted(rng.sample(TAGS, rng.randrange(3))),
        "notes": "lorem " * 40,
        "created_at": moment,
        "modified_at": moment,
    }


@transaction.atomic
def store_customers(number: int, users: list[User], teams: list[Team]) -> list[tuple[int, int]]:
    """The ids of each customer in both stores."""
    rng, now = random.Random(21), datetime(2026, 1, 1, tzinfo=UTC)
    ids = next_ids(live().types["organisation"], number)
    ours, theirs = [], []
    for place, pk in enumerate(ids):
        owner = rng.randrange(len(users))
        whose = {"owner_id": users[owner].pk, "team_id": teams[owner % len(teams)].pk}
        name, size = f"{rng.choice(WORDS)} {place}", rng.choice(SIZES)
        text = normalised(name)
        ours.append(
            Record(
                pk=pk,
                type="organisation",
                title=name,
                data={"name": name, "size": size},
                norm={"title": text, "name": text},
                created_at=now,
                modified_at=now,
                **whose,
            )
        )
        theirs.append(handwritten.Company(name=name, size=size, **whose))
    Record.unscoped.bulk_create(ours, batch_size=CHUNK)
    made = handwritten.Company.objects.bulk_create(theirs, batch_size=CHUNK)
    return [(pk, row.pk) for pk, row in zip(ids, made, strict=True)]


@transaction.atomic
def store(chunk: list[dict[str, Any]], customers: list[tuple[int, int]]) -> list[int]:
    rng = random.Random(chunk[0]["title"])
    chosen = [rng.choice(customers) for _row in chunk]
    ids = next_ids(live().types["deal"], len(chunk))
    Record.unscoped.bulk_create(record(pk, row) for pk, row in zip(ids, chunk, strict=True))
    RecordLink.objects.bulk_create(
        RecordLink(source_id=pk, field="customer", target_id=customer)
        for pk, (customer, _by_hand) in zip(ids, chosen, strict=True)
    )
    handwritten.Deal.objects.bulk_create(
        handwritten.Deal(title_norm=normalised(row["title"]), customer_id=by_hand, **row)
        for row, (_ours, by_hand) in zip(chunk, chosen, strict=True)
    )
    return ids


def record(pk: int, row: dict[str, Any]) -> Record:
    data: dict[str, Any] = {
        "name": row["title"],
        "close_date": row["close_date"].isoformat(),
        "sector": row["sector"],
    }
    if row["tags"]:
        data["tags"] = row["tags"]
    if row["amount"] is not None:
        data |= {"amount": row["amount"], "amount__currency": "EUR", "amount__base": row["amount"]}
    columns = {
        key: row[key] for key in ("title", "owner_id", "team_id", "created_at", "modified_at")
    }
    text = normalised(row["title"])
    return Record(
        pk=pk,
        type="deal",
        data=data,
        long_data={"notes": row["notes"]},
        norm={"title": text, "name": text},
        **columns,
    )
