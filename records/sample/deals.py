"""Opportunities on their way from request to won or lost."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from records.sample.catalogue import Article, money
from records.sample.customers import Customer
from records.sample.leads import SOURCES, Products
from records.sample.plan import Plan, Ref

DEALS = 370
#: Stage, its probability, and the days it lasts.
STAGES = (("request", 10, 12), ("needs", 25, 20), ("offer", 50, 24), ("negotiation", 75, 15))
REASONS = (("price", 35), ("competitor", 25), ("no_budget", 15), ("timing", 12), ("no_answer", 13))


@dataclass
class Deal:
    """`offered_on` and `won_on` are empty where it did not come that far."""

    ref: Ref
    customer: Customer
    name: str
    lines: list[tuple[Ref, Article, int]] = field(default_factory=list)
    offered_on: date | None = None
    won_on: date | None = None
    lost: bool = False


def pursue(plan: Plan, customers: list[Customer], products: Products) -> list[Deal]:
    buyers = [c for c in customers if c.buys or "prospect" in c.relations or "lead" in c.relations]
    competitors = [c.ref for c in customers if "partner" in c.relations]
    deals = []
    for _each in range(DEALS):
        customer = plan.some(buyers)
        first = max(customer.contacts[-1].ref.day, plan.start)
        deal = _open(plan, customer, plan.day(first), products, competitors)
        _advance(plan, deal)
        deals.append(deal)
    return deals


def _open(
    plan: Plan, customer: Customer, day: date, products: Products, competitors: list[Ref]
) -> Deal:
    words = customer.words
    lines = _lines(plan, products)
    dearest = max(lines, key=lambda line: line[1].price * line[2])[1].name
    name = plan.some(words.deals).format(product=dearest, city=customer.city)
    known = [c for c in competitors if c.day <= day and c is not customer.ref]
    ref = plan.new(
        "opportunity",
        day,
        customer.seller,
        name=name,
        stage="request",
        organisation=customer.ref,
        contacts=[contact.ref for contact in customer.contacts if contact.ref.day <= day],
        products=[product for product, _article, _quantity in lines],
        source="existing" if customer.buys and plan.chance(60) else plan.weighted(SOURCES),
        amount=money(sum(article.price * quantity for _product, article, quantity in lines)),
        probability="10",
        opened_on=day,
        expected_close=plan.after(day, 40, 110),
        competitors=[plan.some(known)] if known and plan.chance(20) else None,
        next_step=plan.some(words.next_steps),
    )
    return Deal(ref, customer, name, lines)


def _lines(plan: Plan, products: Products) -> list[tuple[Ref, Article, int]]:
    """Few of what is dear, many of what is cheap."""
    chosen = plan.rng.sample(products, plan.rng.randint(1, 3))
    return [
        (
            product,
            article,
            plan.rng.randint(1, 2 if article.price > 1000 else 12 if article.price > 100 else 60),
        )
        for product, article in chosen
    ]


def _advance(plan: Plan, deal: Deal) -> None:
    """Stage by stage until it is lost, won, or the present is reached."""
    day = deal.ref.day
    for stage, probability, lasts in STAGES:
        if stage != "request":
            plan.change(
                deal.ref, day, deal.customer.seller, stage=stage, probability=str(probability)
            )
        if stage == "offer" and day <= plan.today:
            deal.offered_on = day
        day = day + timedelta(days=plan.rng.randint(2, 2 * lasts))
        if day > plan.today:
            return
        if plan.chance(13):
            _lose(plan, deal, day)
            return
    deal.won_on = day
    plan.change(
        deal.ref,
        day,
        deal.customer.seller,
        stage="won",
        probability="100",
        closed_on=day,
        next_step=None,
    )


def _lose(plan: Plan, deal: Deal, day: date) -> None:
    deal.lost = True
    plan.change(
        deal.ref,
        day,
        deal.customer.seller,
        stage="lost",
        probability="0",
        closed_on=day,
        lost_reason=plan.weighted(REASONS),
        next_step=None,
    )
