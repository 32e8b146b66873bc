"""What the sample company sells."""

from dataclasses import dataclass

from records.sample.plan import Plan, Ref


@dataclass(frozen=True)
class Article:
    """`price` in euro, without tax."""

    name: str
    category: str
    unit: str
    price: int
    stock: int | None = None


ARTICLES = (
    Article("Aurora 21", "frames", "piece", 64, 410),
    Article("Aurora 34 Titan", "frames", "piece", 148, 120),
    Article("Marisa Slim", "frames", "piece", 92, 260),
    Article("Pelican Kids", "frames", "piece", 49, 530),
    Article("Nautila Sport", "frames", "piece", 119, 85),
    Article("Egretta Round", "frames", "piece", 78, 190),
    Article("Sulina Acetate", "frames", "piece", 105, 0),
    Article("Kalypso Rimless", "frames", "piece", 172, 44),
    Article("ClearLine 1.5", "lenses", "pair", 28, 900),
    Article("ClearLine 1.67", "lenses", "pair", 74, 340),
    Article("BlueGuard", "lenses", "pair", 46, 610),
    Article("SunShift Photo", "lenses", "pair", 88, 205),
    Article("Progresa Wide", "lenses", "pair", 165, 150),
    Article("Drive Night", "lenses", "pair", 97, 75),
    Article("OptiScan R2", "instruments", "piece", 8900, 6),
    Article("OptiScan R4 Pro", "instruments", "piece", 12400, 3),
    Article("LumenSlit S4", "instruments", "piece", 6350, 5),
    Article("TonoAir 3", "instruments", "piece", 5400, 4),
    Article("FocoMeter L1", "instruments", "piece", 1480, 11),
    Article("PupilRule", "instruments", "piece", 390, 32),
    Article("EdgeMaster 7", "instruments", "piece", 14800, 2),
    Article("VisioChart 24", "instruments", "piece", 1150, 14),
    Article("Faro display 120", "furniture", "piece", 640, 18),
    Article("Faro display 180", "furniture", "piece", 890, 9),
    Article("Vela reception desk", "furniture", "piece", 1950, 4),
    Article("Brisa chair", "furniture", "piece", 138, 76),
    Article("Molo examination stool", "furniture", "piece", 164, 40),
    Article("Dana lens cabinet", "furniture", "piece", 720, 12),
    Article("Mirror Lagoon", "furniture", "piece", 118, 37),
    Article("PrintMate 300", "office", "piece", 345, 28),
    Article("PrintMate 500", "office", "piece", 590, 15),
    Article("DeskLight Faro", "office", "piece", 59, 140),
    Article("LabelPoint", "office", "piece", 129, 55),
    Article("TillBox Touch", "office", "piece", 980, 9),
    Article("Shredder S12", "office", "piece", 215, 21),
    Article("HomeDesk Delta", "office", "piece", 410, 17),
    Article("SeatPlus Aegis", "office", "piece", 285, 48),
    Article("Lens cloths", "consumables", "box", 14, 1200),
    Article("Cleaning fluid", "consumables", "box", 22, 800),
    Article("Nose pads", "consumables", "set", 9, 1500),
    Article("Screws and bridges", "consumables", "set", 31, 260),
    Article("Toner PM300", "consumables", "piece", 68, 130),
    Article("Paper A4 Egret", "consumables", "box", 19, 640),
    Article("Label rolls", "consumables", "box", 12, 480),
    Article("Maintenance visit", "service", "hour", 65),
    Article("Staff training", "service", "hour", 80),
    Article("Calibration", "service", "piece", 240),
    Article("Remote support", "service", "month", 39),
)
#: What people talk about: nobody holds a meeting on screws.
TALKED_ABOUT = tuple(
    a.name for a in ARTICLES if a.category in ("frames", "instruments", "furniture")
)
#: The three lists of prices beside the standard, with what each takes off, in percent.
LISTS = (("partner", 12), ("public", 7), ("promotion", 20))


def stock(plan: Plan, suppliers: list[Ref]) -> list[tuple[Ref, Article]]:
    """Products, and what they cost on other lists."""
    made = []
    for number, article in enumerate(ARTICLES, start=101):
        product = _product(plan, article, number, suppliers)
        made.append((product, article))
        for name, off in LISTS:
            if plan.chance(35):
                _entry(plan, product, article, name, off)
    return made


def count(plan: Plan, products: list[tuple[Ref, Article]]) -> None:
    """The stock of today, last of all: what was invoiced before was in stock then."""
    for product, article in products:
        if article.stock is not None:
            plan.close(product, "manager", stock=article.stock)


def _product(plan: Plan, article: Article, number: int, suppliers: list[Ref]) -> Ref:
    goods = article.category != "service"
    return plan.new(
        "product",
        plan.start,
        "manager",
        name=article.name,
        code=f"TD-{number}",
        category=article.category,
        unit=article.unit,
        price=money(article.price),
        cost=money(round(article.price * plan.rng.uniform(0.45, 0.72))) if goods else None,
        tax_rate="21",
        valid_from=plan.start,
        valid_to=plan.after(plan.today, 20, 300) if plan.chance(60) else None,
        supplier=plan.some(suppliers) if goods else None,
    )


def _entry(plan: Plan, product: Ref, article: Article, name: str, off: int) -> None:
    begins = plan.day(plan.start, plan.today)
    plan.new(
        "price_list_entry",
        plan.start,
        "manager",
        name=f"{article.name} · {name}",
        product=product,
        list=name,
        price=money(article.price * (100 - off) / 100),
        minimum_quantity=plan.some(("1", "5", "10")),
        valid_from=begins,
        valid_to=plan.after(begins, 60, 200),
    )


def money(amount: float) -> dict[str, str]:
    return {"amount": f"{amount:.2f}", "currency": "EUR"}
