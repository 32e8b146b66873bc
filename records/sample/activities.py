"""Calls, meetings, visits, tasks, letters and notes: what was done, and what is planned."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from records.sample.catalogue import TALKED_ABOUT
from records.sample.customers import Contact, Customer
from records.sample.deals import Deal
from records.sample.plan import Plan, Ref

#: How far ahead people have planned.
AHEAD = 21
COUNTS = {"call": 430, "meeting": 240, "visit": 150, "task": 290, "communication": 290, "note": 120}


def diary(plan: Plan, customers: list[Customer], deals: list[Deal]) -> None:
    by_customer: dict[int, list[Deal]] = {}
    for deal in deals:
        by_customer.setdefault(deal.customer.ref.token, []).append(deal)
    for record_type, count in COUNTS.items():
        for _each in range(count):
            customer = plan.some(customers)
            own = by_customer.get(customer.ref.token, [])
            day = plan.day(customer.contacts[0].ref.day, _latest(plan, record_type))
            latest = next((d for d in own if d.ref.day <= min(day, plan.today)), None)
            MAKERS[record_type](plan, customer, day, _about(customer, latest))


def _latest(plan: Plan, record_type: str) -> date:
    ahead = 0 if record_type in ("communication", "note") else AHEAD
    return plan.today + timedelta(days=ahead)


def _about(customer: Customer, deal: Deal | None) -> list[Ref]:
    return [customer.ref, deal.ref] if deal else [customer.ref]


def _with(plan: Plan, customer: Customer, day: date) -> list[Ref]:
    """Somebody whom we knew by then."""
    known = [c.ref for c in customer.contacts if c.ref.day <= min(day, plan.today)]
    return [plan.some(known)] if known else []


def _say(plan: Plan, customer: Customer, text: str) -> str:
    contact: Contact = plan.some(customer.contacts)
    return text.format(
        product=plan.some(TALKED_ABOUT), city=customer.city, name=contact.family_name
    )


def _activity(
    plan: Plan, record_type: str, customer: Customer, day: date, about: list[Ref], **values: Any
) -> Ref:
    past = day < plan.today
    return plan.new(
        record_type,
        day,
        customer.seller,
        about=about,
        participants=_with(plan, customer, day),
        done=past,
        **{key: value for key, value in values.items() if past or key not in AFTERWARDS},
    )


#: What is known only when it is over.
AFTERWARDS = frozenset({"outcome", "summary", "minutes", "report", "time_spent", "distance"})


def _call(plan: Plan, customer: Customer, day: date, about: list[Ref]) -> None:
    words = customer.words
    outcome = plan.weighted(
        (("reached", 62), ("no_answer", 18), ("voicemail", 8), ("call_back", 12))
    )
    reached = outcome == "reached"
    _activity(
        plan, "call", customer, day, about,
        subject=_say(plan, customer, plan.some(words.calls)),
        direction=plan.weighted((("out", 70), ("in", 30))),
        starts=plan.moment(day),
        outcome=outcome,
        time_spent=plan.rng.randint(2, 25) * 60 if reached else 60,
        summary=_say(plan, customer, plan.some(words.call_summaries)) if reached else None,
    )  # fmt: skip


def _meeting(plan: Plan, customer: Customer, day: date, about: list[Ref]) -> None:
    words, starts, minutes = customer.words, plan.moment(day), plan.some((45, 60, 60, 90, 120))
    _activity(
        plan, "meeting", customer, day, about,
        subject=_say(plan, customer, plan.some(words.meetings)),
        mode=plan.weighted((("in_person", 45), ("online", 35), ("presentation", 15), ("event", 5))),
        starts=starts,
        ends=starts + timedelta(minutes=minutes),
        place=customer.city,
        time_spent=minutes * 60,
        minutes=_say(plan, customer, plan.some(words.minutes)),
    )  # fmt: skip


def _visit(plan: Plan, customer: Customer, day: date, about: list[Ref]) -> None:
    words = customer.words
    _activity(
        plan, "visit", customer, day, about,
        subject=_say(plan, customer, plan.some(words.visits)),
        purpose=plan.some(("introduction", "follow_up", "demonstration", "installation", "service", "courtesy")),
        starts=plan.moment(day),
        time_spent=plan.rng.randint(2, 10) * 1800,
        distance=plan.rng.randint(5, 320),
        report=_say(plan, customer, plan.some(words.reports)),
    )  # fmt: skip


def _task(plan: Plan, customer: Customer, day: date, about: list[Ref]) -> None:
    """Entered some days before it is due; a few are overdue."""
    entered = max(customer.ref.day, min(day, plan.today) - timedelta(days=plan.rng.randint(0, 9)))
    plan.new(
        "task",
        max(entered, *(ref.day for ref in about)),
        customer.seller,
        subject=_say(plan, customer, plan.some(customer.words.tasks)),
        about=about,
        priority=plan.weighted((("normal", 60), ("high", 22), ("low", 13), ("urgent", 5))),
        due=plan.moment(day),
        done=day < plan.today and plan.chance(96 if plan.today - day > timedelta(days=10) else 55),
    )


def _letter(plan: Plan, customer: Customer, day: date, about: list[Ref]) -> None:
    subject, text = plan.some(customer.words.letters)
    _activity(
        plan, "communication", customer, day, about,
        subject=subject,
        kind=plan.weighted((("email", 74), ("letter", 8), ("chat", 8), ("sms", 6), ("fax", 1), ("social", 3))),
        direction=plan.weighted((("out", 55), ("in", 45))),
        starts=plan.moment(day),
        text=_say(plan, customer, text),
    )  # fmt: skip


def _note(plan: Plan, customer: Customer, day: date, about: list[Ref]) -> None:
    subject, text = plan.some(customer.words.notes)
    plan.new(
        "note", day, customer.seller,
        subject=subject,
        text=_say(plan, customer, text),
        about=[customer.ref],
        pinned=True if plan.chance(15) else None,
    )  # fmt: skip


MAKERS: dict[str, Callable[[Plan, Customer, date, list[Ref]], None]] = {
    "call": _call,
    "meeting": _meeting,
    "visit": _visit,
    "task": _task,
    "communication": _letter,
    "note": _note,
}
