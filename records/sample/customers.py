"""Organisations and the persons at them, each region in its language and script."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.text import slugify
from faker import Faker

from records.sample.catalogue import money
from records.sample.latin import latin
from records.sample.logins import SELLERS
from records.sample.plan import SEED, Plan, Ref
from records.sample.words import SHARES, Words

ORGANISATIONS = 350
#: The first ones supply what is sold.
SUPPLIERS = 12
PRIVATE_CUSTOMERS = 45
RELATIONS: tuple[tuple[tuple[str, ...], int], ...] = (
    (("customer",), 46),
    (("rare_customer",), 12),
    (("prospect",), 18),
    (("lead",), 8),
    (("customer", "partner"), 4),
    (("partner",), 3),
    (("supplier",), 7),
)
#: Headcount up to which a company is of a size.
SIZES = (("micro", 9), ("small", 49), ("medium", 249), ("large", 1500))
MARKETS = (("b2b", 45), ("b2c", 30), ("mixed", 25))


@dataclass
class Contact:
    ref: Ref
    given_name: str
    family_name: str

    @property
    def name(self) -> str:
        return f"{self.given_name} {self.family_name}"


@dataclass
class Customer:
    ref: Ref
    words: Words
    name: str
    city: str
    relations: tuple[str, ...]
    contacts: list[Contact] = field(default_factory=list)

    @property
    def seller(self) -> str:
        return SELLERS[self.words.language]

    @property
    def buys(self) -> bool:
        return bool({"customer", "rare_customer", "institution"} & set(self.relations))


class People:
    """Draws names in each language, each full name once."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.fakers = {words.language: Faker(words.faker) for words, _share in SHARES}
        for faker in self.fakers.values():
            faker.seed_instance(SEED)
        self.taken: set[tuple[str, str]] = set()

    def draw(self, words: Words) -> tuple[str, str, str]:
        """Given name, family name, salutation."""
        faker = self.fakers[words.language]
        while True:
            woman = self.plan.chance(50)
            given = faker.first_name_female() if woman else faker.first_name_male()
            family = faker.last_name_female() if woman else faker.last_name_male()
            if (given, family) not in self.taken:
                self.taken.add((given, family))
                return given, family, "ms" if woman else "mr"

    def at(self, words: Words, day: date, by: str, customer: Customer | None = None) -> Contact:
        given, family, salutation = self.draw(words)
        plan = self.plan
        consent = plan.chance(55)
        host = (
            f"{slugify(latin(customer.name))[:40].strip('-')}.example"
            if customer
            else "mail.example"
        )
        ref = plan.new(
            "person",
            day,
            by,
            given_name=given,
            family_name=family,
            salutation="dr" if plan.chance(7) else salutation,
            language=words.language,
            email=f"{slugify(latin(given))}.{slugify(latin(family))}@{host}",
            phone=plan.digits(words.phone) if plan.chance(60) else None,
            mobile=plan.digits(words.mobile) if plan.chance(70) else None,
            job_title=plan.some(words.job_titles) if customer else None,
            department=plan.some(words.departments) if customer and plan.chance(60) else None,
            organisation=customer.ref if customer else None,
            county=plan.some(words.places)[1] if not customer else None,
            relations=None if customer else [plan.some(("customer", "prospect", "rare_customer"))],
            buying_role=plan.some(("decides", "advises", "uses", "buys"))
            if plan.chance(50)
            else None,
            birthday=plan.today - timedelta(days=plan.rng.randint(9000, 24000))
            if plan.chance(25)
            else None,
            consent=["email", *(["phone"] if plan.chance(50) else [])] if consent else None,
            consent_date=min(day, plan.today) - timedelta(days=3) if consent else None,
            do_not_contact=True if plan.chance(3) else None,
            remarks=plan.some(words.remarks) if plan.chance(15) else None,
        )
        return Contact(ref, given, family)


def found(plan: Plan, people: People) -> list[Customer]:
    """The organisations, the older ones from the first day on."""
    names: set[str] = set()
    customers = []
    for number in range(ORGANISATIONS):
        words = plan.weighted(SHARES)
        day = plan.start if number < ORGANISATIONS * 0.45 else plan.day()
        public = number >= SUPPLIERS and plan.chance(11)
        relations = _relations(plan, number, public=public)
        customer = _organisation(plan, words, day, relations, names)
        for _each in range(plan.weighted(((1, 45), (2, 38), (3, 17)))):
            customer.contacts.append(
                people.at(words, plan.after(day, 0, 20), customer.seller, customer)
            )
        customers.append(customer)
    return customers


def private(plan: Plan, people: People) -> list[Contact]:
    """Those who buy for themselves."""
    made = []
    for _each in range(PRIVATE_CUSTOMERS):
        words = plan.weighted(SHARES)
        made.append(people.at(words, plan.day(), SELLERS[words.language]))
    return made


def _relations(plan: Plan, number: int, *, public: bool) -> tuple[str, ...]:
    if number < SUPPLIERS:
        return ("supplier",)
    return ("institution",) if public else plan.weighted(RELATIONS)


def _organisation(
    plan: Plan, words: Words, day: date, relations: tuple[str, ...], names: set[str]
) -> Customer:
    city, county = plan.some(words.places)
    public = "institution" in relations
    sector = plan.some(("education", "culture")) if public else plan.some(tuple(words.companies))
    name = _name(plan, words, sector, city, names, public=public)
    size, most = plan.weighted(tuple(zip(SIZES, (46, 36, 14, 4), strict=True)))
    headcount = plan.rng.randint(max(1, most // 5), most)
    customer = Customer(Ref(0, day), words, name, city, relations)
    customer.ref = plan.new(
        "organisation",
        day,
        customer.seller,
        name=name,
        tax_number=plan.digits(words.tax_number),
        relations=list(relations),
        status=plan.weighted((("active", 88), ("dormant", 9), ("lost", 3))),
        market=None if public else plan.weighted(MARKETS),
        sector=sector,
        size=size,
        ownership="public" if public else "private",
        headcount=headcount,
        yearly_sales=None if public else money(headcount * plan.rng.randint(28, 120) * 1000),
        shareholders=None if public or plan.chance(50) else plan.some(words.shareholders),
        founded=str(plan.rng.randint(1952, plan.today.year - 2)),
        phone=plan.digits(words.phone),
        email=f"office@{slugify(latin(name))[:40].strip('-')}.example",
        website=f"https://{slugify(latin(name))[:40].strip('-')}.example",
        address=_address(plan, words, city, county),
        county=county,
        first_contact=day,
        tags=[plan.some(("key_account", "reference", "newsletter"))] if plan.chance(25) else None,
        payment_days=plan.some((14, 30, 30, 45, 60)) if not public else 60,
        price_list="public" if public else "partner" if "partner" in relations else None,
        remarks=plan.some(words.remarks) if plan.chance(30) else None,
    )
    return customer


def _name(
    plan: Plan, words: Words, sector: str, city: str, names: set[str], *, public: bool
) -> str:
    """Each once: where a name is taken, the city tells two apart."""
    while True:
        pattern = plan.some(words.institutions if public else words.companies[sector])
        name = pattern.format(root=plan.some(words.roots))
        if not public:
            name = f"{name} {plan.some(words.legal_forms)}"
        if name in names:
            name = f"{name}, {city}"
        if name not in names:
            names.add(name)
            return name


def _address(plan: Plan, words: Words, city: str, county: str) -> dict[str, str]:
    return {
        "street": f"{plan.some(words.streets)} {plan.rng.randint(1, 140)}",
        "city": city,
        "region": county,
        "country": words.country,
    }
