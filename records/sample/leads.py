"""Leads: those that became customers, and those that did not, or not yet."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.text import slugify

from records.sample.catalogue import Article, money
from records.sample.customers import Customer, People
from records.sample.latin import latin
from records.sample.logins import SELLERS
from records.sample.plan import Plan, Ref
from records.sample.words import SHARES, Words

LOOSE = 170
SOURCES = (
    ("web", 30),
    ("fair", 20),
    ("referral", 18),
    ("campaign", 14),
    ("cold_call", 10),
    ("social", 8),
)
Products = list[tuple[Ref, Article]]


@dataclass(frozen=True)
class Who:
    given: str
    family: str
    company: str


def converted(plan: Plan, customers: list[Customer], products: Products) -> None:
    """Half of the newer customers began as a lead a few weeks before."""
    for customer in customers:
        if customer.ref.day <= plan.start or not customer.buys or not plan.chance(50):
            continue
        contact = customer.contacts[0]
        day = max(plan.start, customer.ref.day - timedelta(days=plan.rng.randint(6, 40)))
        who = Who(contact.given_name, contact.family_name, customer.name)
        lead = _lead(plan, customer.words, day, who, products)
        plan.change(lead, plan.after(day, 1, 5), customer.seller, stage="contacted")
        done = contact.ref.day
        plan.change(
            lead,
            done,
            customer.seller,
            stage="converted",
            converted_on=done,
            organisation=customer.ref,
            person=contact.ref,
        )


def loose(plan: Plan, people: People, products: Products) -> None:
    """The others: most are open or proved unsuitable."""
    for _each in range(LOOSE):
        words = plan.weighted(SHARES)
        given, family, _salutation = people.draw(words)
        day = plan.day(plan.today - timedelta(days=200))
        pattern = plan.some(plan.some(tuple(words.companies.values())))
        who = Who(given, family, pattern.format(root=plan.some(words.roots)))
        lead = _lead(plan, words, day, who, products)
        seller = SELLERS[words.language]
        if plan.chance(70):
            plan.change(lead, plan.after(day, 1, 12), seller, stage="contacted")
            end = plan.weighted((("contacted", 30), ("qualified", 40), ("unqualified", 30)))
            reason = {"unsuitable_reason": plan.some(words.answers)} if end == "unqualified" else {}
            if end != "contacted":
                plan.change(lead, plan.after(day, 14, 45), seller, stage=end, **reason)


def _lead(plan: Plan, words: Words, day: date, who: Who, products: Products) -> Ref:
    interesting = plan.rng.sample(products, plan.rng.randint(1, 3))
    asked = plan.chance(75)
    host = slugify(latin(who.company))[:40].strip("-")
    return plan.new(
        "lead",
        day,
        SELLERS[words.language],
        given_name=who.given,
        family_name=who.family,
        company=who.company,
        job_title=plan.some(words.job_titles),
        language=words.language,
        email=f"{slugify(latin(who.family))}@{host}.example",
        phone=plan.digits(words.phone),
        county=plan.some(words.places)[1],
        kind="lead" if asked else "prospect",
        source=plan.weighted(SOURCES),
        rating=plan.rng.randint(1, 5),
        sector=plan.some(tuple(words.companies)),
        products=[product for product, _article in interesting],
        estimated_value=money(
            sum(article.price for _product, article in interesting) * plan.rng.randint(1, 8)
        ),
        needs=plan.some(words.needs) if asked else None,
    )
