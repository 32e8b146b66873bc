"""The company: time zone, currency, languages, and whether a second person approves."""

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.numbers import is_currency
from django.conf import settings
from django.utils.translation import gettext as _

from crm_config.compiler import Draft
from crm_config.models import Company
from crm_config.problems import Problem
from crm_config.sections.base import ConfigSection

FIELDS = ("name", "time_zone", "base_currency", "languages", "two_person")


class CompanySection(ConfigSection):
    key = "company"
    keyed = False

    def dump(self) -> dict[str, Any]:
        company = Company.load()
        return {name: getattr(company, name) for name in FIELDS}

    def load(self, part: Any, *, replace: bool) -> None:
        company = Company.load()
        for name in FIELDS:
            if name in part:
                setattr(company, name, part[name])
        company.save()

    def check(self, part: Any, draft: Draft) -> Iterable[Problem]:
        try:
            ZoneInfo(part.get("time_zone", "UTC"))
        except (ZoneInfoNotFoundError, ValueError):
            yield Problem(("company", "time_zone"), _("There is no such time zone."))
        if not is_currency(part.get("base_currency", "EUR")):
            yield Problem(("company", "base_currency"), _("There is no such currency."))
        known = {code for code, _name in settings.LANGUAGES}
        for code in part.get("languages", []):
            if code not in known:
                yield Problem(
                    ("company", "languages"),
                    _("The language %(code)s is not installed.") % {"code": code},
                )
