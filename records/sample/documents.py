"""Quotes, orders, invoices and receipts that follow from opportunities; contracts beside them."""

from datetime import date, timedelta

from records.sample.catalogue import money
from records.sample.customers import Customer
from records.sample.deals import Deal
from records.sample.plan import Plan, Ref

CONTRACTS = 45
TAX = "21"


def papers(plan: Plan, deals: list[Deal]) -> None:
    for deal in deals:
        if deal.offered_on is None:
            continue
        quote = _quote(plan, deal, deal.offered_on)
        if deal.won_on is not None:
            order = _order(plan, deal, deal.won_on, quote)
            if plan.chance(90):
                _invoice(plan, deal, plan.after(deal.won_on, 3, 14), order)


def contracts(plan: Plan, customers: list[Customer]) -> None:
    for customer in plan.rng.sample([c for c in customers if c.buys], CONTRACTS):
        starts = plan.day(customer.contacts[0].ref.day)
        ends = starts + timedelta(days=plan.some((180, 365, 365, 730)))
        plan.new(
            "contract",
            starts,
            customer.seller,
            name=plan.some(customer.words.contracts),
            status="running" if ends > plan.today else "ended",
            organisation=customer.ref,
            value=money(plan.rng.randint(4, 60) * 100),
            starts=starts,
            ends=ends,
            renewal=plan.some(("automatic", "on_request", "none")),
            notice_days=plan.some((30, 60, 90)),
        )


def _quote(plan: Plan, deal: Deal, day: date) -> Ref:
    """The one on the table, and now and then an earlier one."""
    earlier = None
    if plan.chance(18):
        earlier = _one_quote(plan, deal, day, "declined", None)
        day = min(plan.after(day, 2, 8), plan.today)
    if deal.won_on is not None:
        day = min(day, deal.won_on)
    old = plan.today - day > timedelta(days=30)
    status = (
        "accepted" if deal.won_on else "declined" if deal.lost else "expired" if old else "sent"
    )
    return _one_quote(plan, deal, day, status, earlier)


def _one_quote(plan: Plan, deal: Deal, day: date, status: str, earlier: Ref | None) -> Ref:
    words = deal.customer.words
    pattern = plan.some(words.quotes)
    quote = plan.new(
        "quote",
        day,
        deal.customer.seller,
        name=pattern.format(city=deal.customer.city, product=deal.lines[0][1].name),
        date=day,
        status=status,
        organisation=deal.customer.ref,
        person=deal.customer.contacts[0].ref,
        opportunity=deal.ref,
        valid_until=day + timedelta(days=30),
        earlier_quote=earlier,
    )
    _lines(plan, deal, quote, plan.some(("0", "0", "0", "5", "10")))
    return quote


def _order(plan: Plan, deal: Deal, day: date, quote: Ref) -> Ref:
    delivered = plan.after(day, 4, 20)
    there = delivered <= plan.today
    order = plan.new(
        "order",
        day,
        deal.customer.seller,
        date=day,
        status="delivered" if there else "confirmed",
        organisation=deal.customer.ref,
        quote=quote,
        opportunity=deal.ref,
        deliver_by=day + timedelta(days=21),
        delivered_on=delivered if there else None,
        paid=there,
    )
    _lines(plan, deal, order, "0")
    return order


def _invoice(plan: Plan, deal: Deal, day: date, order: Ref) -> None:
    if day > plan.today:
        return
    due = day + timedelta(days=30)
    paid_on = plan.after(day, 5, 50)
    paid = paid_on <= plan.today and plan.chance(90)
    invoice = plan.new(
        "invoice",
        day,
        deal.customer.seller,
        date=day,
        status="paid" if paid else "overdue" if due < plan.today else "sent",
        organisation=deal.customer.ref,
        order=order,
        due=due,
    )
    _lines(plan, deal, invoice, "0")
    if paid:
        total = sum(article.price * quantity for _product, article, quantity in deal.lines)
        plan.new(
            "receipt",
            paid_on,
            "manager",
            invoice=invoice,
            amount=money(total * (100 + int(TAX)) / 100),
            date=paid_on,
            method=plan.weighted((("transfer", 80), ("card", 15), ("cash", 5))),
        )


def _lines(plan: Plan, deal: Deal, document: Ref, discount: str) -> None:
    for product, article, quantity in deal.lines:
        plan.new(
            "document_line",
            document.day,
            deal.customer.seller,
            document=document,
            product=product,
            description=article.name,
            quantity=str(quantity),
            unit_price=money(article.price),
            discount=discount,
            tax_rate=TAX,
        )
