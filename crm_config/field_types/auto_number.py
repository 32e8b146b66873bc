"""Numbers that the system gives: of requests, quotes, invoices."""

import random
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm_config.definitions import FieldDef
from crm_config.field_types.base import CoerceContext, FieldType, OptionSpec
from crm_config.field_types.support.texts import as_text, clean_text, refuse_longer
from crm_config.operators.text import OPERATORS

MAX_LENGTH = 100
YEAR = "{year}"


class AutoNumberType(FieldType):
    """Its value is text. The gate draws the number when a record is created, and never changes it. There are
    no gaps: whoever creates records of a type at the same moment numbers them one after the other."""

    key = "auto_number"
    label = _("Automatic number")
    description = _("Each new record gets the next one: a request, a quote, an invoice.")
    example = "INV-2026-00042"
    group = "computed"
    icon = "list-ol"
    computed = True
    can_be_unique = True
    can_search = True
    operators = OPERATORS
    option_specs = (
        OptionSpec(
            "prefix",
            "text",
            _("Begins with"),
            _("Such as INV-{year}-; {year} becomes the year."),
            "",
        ),
        OptionSpec(
            "digits",
            "integer",
            _("Digits"),
            _("Smaller numbers get zeros in front, so that they sort well."),
            5,
            minimum=1,
            maximum=12,
        ),
        OptionSpec(
            "restart",
            "choice",
            _("Counting starts again"),
            "",
            "never",
            choices=(("never", _("Never")), ("yearly", _("Each year"))),
        ),
    )

    def check_options(self, options: Mapping[str, Any]) -> Iterable[str]:
        prefix = options.get("prefix") or ""
        if "{" in prefix.replace(YEAR, "") or "}" in prefix.replace(YEAR, ""):
            yield gettext("What a number begins with may have no braces but {year}.")
        if len(prefix) > MAX_LENGTH // 2:
            yield gettext("What a number begins with is too long.")
        if options.get("restart") == "yearly" and YEAR not in prefix:
            yield gettext("Numbers that start again each year need {year} in what they begin with.")

    def restarts_yearly(self, field: FieldDef) -> bool:
        return bool(self.option(field, "restart") == "yearly")

    def format_number(self, field: FieldDef, number: int, year: int) -> str:
        prefix = str(self.option(field, "prefix")).replace(YEAR, str(year))
        return clean_text(f"{prefix}{number:0{self.option(field, 'digits')}}")

    def read(self, field: FieldDef, raw: Any, context: CoerceContext) -> str | None:
        """Whatever it is: earlier numbers, and those of another system, keep their form."""
        text = clean_text(as_text(raw))
        refuse_longer(text, MAX_LENGTH)
        return text or None

    def json_schema(self, field: FieldDef) -> dict[str, Any]:
        return {"type": "string", "minLength": 1, "maxLength": MAX_LENGTH, "readOnly": True}

    def random_value(self, field: FieldDef, rng: random.Random) -> str:
        number = rng.choice((1, 10 ** self.option(field, "digits"), rng.randint(1, 10**6)))
        return self.format_number(field, number, rng.randint(2000, 2030))
