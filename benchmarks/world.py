"""The same deals in both stores: configured records, and the table written by hand. Made by the database itself,
so that a million are there in minutes."""

from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.core.management.color import no_style
from django.db import connection, transaction

from benchmarks import handwritten, segments
from crm_config.live import live
from crm_config.models import Team, User
from jobs.services import run_pending
from records.partitions import go_on_after
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
PEOPLE = 200
TEAMS = 20
#: None, one or two of them, as PostgreSQL reads a list of texts.
SOME_TAGS = ("", *TAGS, *(f"{a},{b}" for a, b in combinations(sorted(TAGS), 2)))


@dataclass
class World:
    user: User
    number: int


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
    teams = [Team.objects.create(name=f"Team {n}") for n in range(TEAMS)]
    for place, user in enumerate(users):
        join(user, "sales", teams[place % len(teams)])
    customers = max(1, number // DEALS_EACH)
    store(number, customers, users, teams)
    deals = live().types["deal"]
    go_on_after(deals, number)
    go_on_after(live().types["organisation"], customers)
    segments.fill([deals.first_id + serial for serial in range(1, number + 1)])
    run_pending()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return World(users[0], number)


@transaction.atomic
def store(number: int, customers: int, users: list[User], teams: list[Team]) -> None:
    """The table by hand is filled by chance, always the same; the records are made of its rows."""
    given: dict[str, Any] = {
        "number": number,
        "customers": customers,
        "people": [user.pk for user in users],
        "teams": [team.pk for team in teams],
        "words": list(WORDS),
        "sectors": list(SECTORS),
        "sizes": list(SIZES),
        "tags": list(SOME_TAGS),
        "first_deal": live().types["deal"].first_id,
        "first_customer": live().types["organisation"].first_id,
    }
    with connection.cursor() as cursor:
        for statement in (SEED, COMPANIES, DEALS, ORGANISATIONS, RECORDS, LINKS):
            cursor.execute(statement, given)
        for statement in connection.ops.sequence_reset_sql(
            no_style(), [handwritten.Company, handwritten.Deal]
        ):
            cursor.execute(statement)


SEED = "SELECT setseed(0.2)"
#: One of a list, by chance.
ONE = "(%({0})s::text[])[1 + floor(random() * cardinality(%({0})s::text[]))::int]"
#: Whose it is: `whose` is a person's place, and a person's team follows from it.
WHOSE = """
    (%(people)s::int[])[1 + whose],
    (%(teams)s::int[])[1 + whose %% cardinality(%(teams)s::int[])]"""
CHANCE = "floor(random() * cardinality(%(people)s::int[]))::int AS whose"
COMPANIES = f"""
    INSERT INTO bench_company (id, name, size, owner_id, team_id)
    SELECT n, word || ' ' || n, size, {WHOSE}
    FROM (SELECT n, {ONE.format("words")} AS word, {ONE.format("sizes")} AS size, {CHANCE}
          FROM generate_series(1, %(customers)s) n) made"""
DEALS = f"""
    INSERT INTO bench_deal (id, customer_id, title, title_norm, owner_id, team_id, amount, currency,
        close_date, sector, tags, notes, created_at, modified_at, version)
    SELECT n, customer, title, lower(title), {WHOSE}, amount, 'EUR', close_date, sector,
        string_to_array(tags, ','), repeat('lorem ', 40), moment, moment, 1
    FROM (SELECT n, 1 + floor(random() * %(customers)s)::int AS customer,
              {ONE.format("words")} || ' ' || {ONE.format("words")} || ' ' || n AS title,
              CASE WHEN random() < 0.9 THEN 1000 + floor(random() * 9999000)::bigint END AS amount,
              date '2026-01-01' + floor(random() * 700)::int AS close_date,
              {ONE.format("sectors")} AS sector, {ONE.format("tags")} AS tags,
              timestamptz '2026-01-01 00:00Z' + (n %% 400000) * interval '1 minute' AS moment, {CHANCE}
          FROM generate_series(1, %(number)s) n) made"""
ORGANISATIONS = """
    INSERT INTO records_record (id, type, title, owner_id, team_id, created_at, modified_at, version, data,
        long_data, norm)
    SELECT %(first_customer)s + id, 'organisation', name, owner_id, team_id,
        timestamptz '2026-01-01 00:00Z', timestamptz '2026-01-01 00:00Z', 1,
        jsonb_build_object('name', name, 'size', size), '{}',
        jsonb_build_object('title', lower(name), 'name', lower(name))
    FROM bench_company ORDER BY id"""
RECORDS = """
    INSERT INTO records_record (id, type, title, owner_id, team_id, created_at, modified_at, version, data,
        long_data, norm)
    SELECT %(first_deal)s + id, 'deal', title, owner_id, team_id, created_at, modified_at, 1,
        jsonb_strip_nulls(jsonb_build_object('name', title, 'close_date', to_char(close_date, 'YYYY-MM-DD'),
            'sector', sector, 'tags', to_jsonb(nullif(tags, '{}')), 'amount', amount, 'amount__base', amount,
            'amount__currency', CASE WHEN amount IS NOT NULL THEN currency END)),
        jsonb_build_object('notes', notes), jsonb_build_object('title', title_norm, 'name', title_norm)
    FROM bench_deal ORDER BY id"""
LINKS = """
    INSERT INTO records_recordlink (source_id, field, target_id, position)
    SELECT %(first_deal)s + id, 'customer', %(first_customer)s + customer_id, 0
    FROM bench_deal ORDER BY id"""
