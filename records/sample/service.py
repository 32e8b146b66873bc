"""Requests of customers and how they were solved, and the instructions that helped."""

from datetime import date, timedelta

from records.sample.customers import Customer
from records.sample.leads import Products
from records.sample.logins import SUPPORTERS
from records.sample.plan import Plan, Ref
from records.sample.words import BY_LANGUAGE

REQUESTS = 270
PRIORITIES = (("normal", 58), ("high", 22), ("low", 14), ("urgent", 6))
CHANNELS = (("phone", 42), ("email", 34), ("web", 14), ("chat", 7), ("visit", 3))
#: Hours until it is due, by priority.
HOURS = {"urgent": 8, "high": 24, "normal": 72, "low": 168}


def instructions(plan: Plan) -> dict[tuple[str, str], Ref]:
    """One for each sort of request in each language, by both."""
    made = {}
    for words in BY_LANGUAGE.values():
        for department, subject, description, solution in words.requests:
            title = subject.format(product="OptiScan")
            made[words.language, department] = plan.new(
                "instruction",
                plan.start,
                plan.some(SUPPORTERS),
                name=title.rstrip(";?"),
                kind="instruction" if department in ("technical", "service") else "answer",
                text=f"<p>{description}</p><ol><li>{solution}</li></ol>",
                keywords=f"{department}, {words.language}",
                department=department,
                status="current",
                public=department == "technical",
                review_on=plan.after(plan.today, 30, 200),
            )
    return made


def requests(plan: Plan, customers: list[Customer], products: Products) -> None:
    help_for = instructions(plan)
    served = [customer for customer in customers if customer.buys]
    devices = [
        (ref, article) for ref, article in products if article.category in ("instruments", "office")
    ]
    for _each in range(REQUESTS):
        customer = plan.some(served)
        words = customer.words
        text = plan.some(words.requests)
        product, article = plan.some(devices)
        day = plan.day(max(customer.contacts[0].ref.day, plan.start))
        priority = plan.weighted(PRIORITIES)
        received = plan.moment(day)
        by = plan.some(SUPPORTERS)
        request = plan.new(
            "request",
            day,
            by,
            subject=text[1].format(product=article.name),
            description=text[2],
            department=text[0],
            requester=customer.contacts[0].ref,
            organisation=customer.ref,
            product=product if "{product}" in text[1] else None,
            channel=plan.weighted(CHANNELS),
            priority=priority,
            received_at=received,
            due=received + timedelta(hours=HOURS[priority]),
            escalated=True if plan.chance(4) else None,
        )
        _handle(plan, request, day, by, text[3], help_for[words.language, text[0]])


def _handle(plan: Plan, request: Ref, day: date, by: str, solution: str, instruction: Ref) -> None:
    """Answered soon, solved within days; some wait for the customer."""
    answered = plan.after(day, 0, 1)
    plan.change(request, answered, by, stage="open", answered_at=plan.moment(answered))
    if plan.chance(20):
        plan.change(request, plan.after(answered, 1, 3), by, stage="waiting")
    solved = plan.after(answered, 1, 9)
    plan.change(
        request,
        solved,
        by,
        stage="solved",
        solution=solution,
        solved_at=plan.moment(solved),
        time_spent=plan.rng.randint(1, 16) * 600,
        satisfaction=plan.weighted(((5, 45), (4, 30), (3, 14), (2, 7), (1, 4)))
        if plan.chance(60)
        else None,
        instructions=[instruction] if plan.chance(65) else [],
    )
