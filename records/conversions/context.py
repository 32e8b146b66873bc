"""What converting may know: the company's day and money, and the names of people and teams."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cached_property
from zoneinfo import ZoneInfo

from django.utils import timezone

from crm_config.definitions import Snapshot
from crm_config.field_types.base import CoerceContext
from crm_config.live import live
from crm_config.models import Team, User
from records.rates import rate_on


class Converting:
    """One for a run over many records: names and rates are asked for once."""

    def __init__(self, snapshot: Snapshot | None = None) -> None:
        self.snapshot = snapshot or live()
        self._rates: dict[tuple[str, date], Decimal | None] = {}

    @cached_property
    def coerce(self) -> CoerceContext:
        company = self.snapshot.company
        return CoerceContext(
            now=timezone.now(),
            tz=ZoneInfo(company.time_zone),
            base_currency=company.base_currency,
            rate=self._rate,
        )

    @property
    def language(self) -> str:
        """Options become text in the company's first language, whoever looks on."""
        return self.snapshot.company.languages[0]

    @cached_property
    def users(self) -> dict[int, str]:
        return {user.pk: str(user) for user in User.objects.all()}

    @cached_property
    def teams(self) -> dict[int, str]:
        return dict(Team.objects.values_list("pk", "name"))

    def _rate(self, currency: str, on: date) -> Decimal | None:
        if (currency, on) not in self._rates:
            self._rates[currency, on] = rate_on(currency, on)
        return self._rates[currency, on]
