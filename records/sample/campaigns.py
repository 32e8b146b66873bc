"""Campaigns on customers, and how those addressed answered."""

from datetime import date, timedelta

from records.sample.catalogue import money
from records.sample.customers import Customer
from records.sample.leads import Products
from records.sample.plan import Plan, Ref

BY = "marketing"
MEMBERS = 30
#: Name, kind, days ago of its start, days it lasts, language of those addressed (all where empty).
CAMPAIGNS = (
    ("Spring frames", "newsletter", 500, 30, ""),
    ("Danube opticians", "cold", 430, 60, "ro"),
    ("Νησιά του Αιγαίου", "cross_sell", 370, 45, "el"),
    ("Targi optyczne", "event", 300, 14, "pl"),
    ("Autumn instruments", "up_sell", 240, 40, ""),
    ("Ofertă de iarnă", "newsletter", 170, 30, "ro"),
    ("Win back quiet customers", "win_back", 110, 50, ""),
    ("Ανοιξιάτικη συλλογή", "newsletter", 60, 30, "el"),
    ("New reading room", "cross_sell", 14, 45, ""),
    ("Open day at the harbour", "event", -20, 3, ""),
)
STATES = (
    ("delivered", 46), ("bounced", 5), ("answered", 14), ("positive", 14), ("declined", 10), ("converted", 7),
    ("unsubscribed", 4),
)  # fmt: skip
ANSWERED = frozenset({"answered", "positive", "declined", "converted"})


def run(plan: Plan, customers: list[Customer], products: Products) -> None:
    for name, kind, ago, lasts, language in CAMPAIGNS:
        starts = plan.today - timedelta(days=ago)
        entered = min(starts - timedelta(days=15), plan.today)
        campaign = plan.new(
            "campaign",
            max(plan.start, entered),
            BY,
            name=name,
            kind=kind,
            status=_status(plan, starts, lasts),
            channels=plan.rng.sample(("email", "phone", "post", "social"), 2),
            products=[product for product, _article in plan.rng.sample(products, 3)],
            starts=starts,
            ends=starts + timedelta(days=lasts),
            budget=money(plan.rng.randint(8, 60) * 100),
            spent=money(plan.rng.randint(4, 50) * 100) if ago > 0 else None,
        )
        among = [c for c in customers if language in ("", c.words.language)]
        addressed = [c for c in among if c.contacts[0].ref.day <= max(campaign.day, starts)]
        for customer in plan.rng.sample(addressed, min(MEMBERS, len(addressed))):
            _member(plan, campaign, customer, starts)


def _status(plan: Plan, starts: date, lasts: int) -> str:
    if starts > plan.today:
        return "planned"
    return "finished" if starts + timedelta(days=lasts) < plan.today else "running"


def _member(plan: Plan, campaign: Ref, customer: Customer, starts: date) -> None:
    contact = customer.contacts[0]
    running = starts <= plan.today
    state = plan.weighted(STATES) if running else "planned"
    answered = plan.after(starts, 1, 12)
    replies = state in ANSWERED and answered <= plan.today
    if state in ANSWERED and not replies:
        state = "delivered"
    plan.new(
        "campaign_member",
        min(max(starts, campaign.day, contact.ref.day), plan.today),
        BY,
        name=contact.name,
        campaign=campaign,
        person=contact.ref,
        organisation=customer.ref,
        state=state,
        sent_at=plan.moment(starts) if running else None,
        answered_at=plan.moment(answered) if replies else None,
        answer=plan.some(customer.words.answers) if replies and plan.chance(60) else None,
        revenue=money(plan.rng.randint(2, 45) * 100) if state == "converted" else None,
    )
