"""The sample company as a whole: packs, staff, rates, and everything it remembers."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm_config import packs, publication
from crm_config.errors import ConfigError
from crm_config.live import live
from crm_config.models import ExchangeRate
from records import services
from records.gate.handover import nobody_told
from records.models import Record
from records.sample import (
    activities,
    campaigns,
    catalogue,
    customers,
    deals,
    documents,
    further,
    leads,
    service,
)
from records.sample.plan import Plan
from records.sample.staff import hire
from records.sample.writing import Writer

COMPANY = settings.BASE_DIR / "fixtures" / "demo" / "company.json"
RATES = {"RON": "0.20", "PLN": "0.23", "GBP": "1.17", "USD": "0.92"}
CHUNK = 500


def configure() -> None:
    """Publish the packs. A company that is described already keeps its name, languages and currency.

    Raises `ConfigError` where somebody's unpublished changes would be published along.
    """
    used = publication.latest() is not None
    if used and publication.changes():
        raise ConfigError(_("There are unpublished changes: publish or discard them first."))
    for key in packs.shipped():
        packs.install(packs.read(key))
    if not used:
        packs.install(packs.read(COMPANY))
    if publication.changes():
        publication.publish(user=None, reason="Sample company")


def design(today: date) -> Plan:
    """Everything that is to be written; no database is asked."""
    plan = Plan(today)
    people = customers.People(plan)
    known = customers.found(plan, people)
    suppliers = [c.ref for c in known if "supplier" in c.relations and c.ref.day == plan.start]
    products = catalogue.stock(plan, suppliers)
    customers.private(plan, people)
    leads.converted(plan, known, products)
    leads.loose(plan, people, products)
    pursued = deals.pursue(plan, known, products)
    documents.papers(plan, pursued)
    documents.contracts(plan, known)
    activities.diary(plan, known, pursued)
    service.requests(plan, known, products)
    campaigns.run(plan, known, products)
    catalogue.count(plan, products)
    return plan


@transaction.atomic
def load(now: datetime | None = None) -> int:
    """Write it all, or nothing; how many records. The configuration must be published."""
    now = now or timezone.now()
    _rates()
    plan = design(now.date())
    writer = Writer(hire(), now)
    with nobody_told():
        writer.write(plan.steps)
        writer.write(plan.closing)
    _work_out(writer.ids.values())
    return len(writer.ids) + further.add(now)


@transaction.atomic
def load_further(now: datetime | None = None) -> None:
    """What newer versions add to a sample company that is there already."""
    further.add(now or timezone.now())


def _rates() -> None:
    if live().company.base_currency != "EUR":
        return
    for currency, rate in RATES.items():
        ExchangeRate.objects.get_or_create(
            currency=currency, valid_from=date(2020, 1, 1), defaults={"rate": Decimal(rate)}
        )


def _work_out(ids: Iterable[int]) -> None:
    """Sums over linked records, for the types that have any."""
    snapshot = live()
    summing = [
        t.key for t in snapshot.active_types if any(f.type.key == "rollup" for f in t.active)
    ]
    rows = Record.unscoped.filter(pk__in=list(ids), type__in=summing)
    wanted = list(rows.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(wanted), CHUNK):
        services.recompute(wanted[start : start + CHUNK], snapshot=snapshot)
