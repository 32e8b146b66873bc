"""Amounts of money, each in its currency, compared by their value in the base currency."""

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm_config.definitions import FieldDef
from crm_config.field_types.base import (
    CoerceContext,
    FieldType,
    Json,
    Names,
    OptionSpec,
    ValueRefused,
    is_blank,
)
from crm_config.field_types.support import currencies, samples
from crm_config.field_types.support.locale import money_text
from crm_config.field_types.support.numbers import (
    LIMIT,
    from_integer,
    read_decimal,
    refuse_too_large,
    scaled_down,
    to_integer,
)
from crm_config.field_types.support.widgets import PartsField
from crm_config.operators.number import OPERATORS

#: Sample amounts stay so far below the limit that their value in the base currency fits as well.
_ROOM_FOR_RATES = 1_000_000


@dataclass(frozen=True)
class Money:
    """`base` is the amount in the base currency at the day's rate, or None where no rate was known.

    Two amounts are equal whatever their base values: rates change, the amount agreed does not.
    """

    amount: Decimal
    currency: str
    base: Decimal | None = dataclass_field(default=None, compare=False)

    def __str__(self) -> str:
        return f"{self.amount:f} {self.currency}"


class MoneyType(FieldType):
    key = "money"
    label = _("Money")
    description = _("An amount in a currency: a price, a budget, a revenue.")
    example = "12,500.00 EUR"
    group = "number"
    icon = "tag"
    sql_kind = "bigint"
    numeric = True
    operators = OPERATORS
    option_specs = (
        OptionSpec(
            "currencies",
            "list",
            _("Currencies"),
            _("Codes that may be chosen, such as EUR and RON; all when left empty."),
            (),
        ),
        OptionSpec(
            "allow_negative",
            "boolean",
            _("Below zero"),
            _("Whether an amount may be below zero."),
            True,
        ),
    )

    def check_options(self, options: Mapping[str, Any]) -> Iterable[str]:
        for currency in options.get("currencies") or ():
            if currency not in currencies.known():
                yield gettext("“%(code)s” is not the code of a currency.") % {"code": currency}

    # -- values

    def read(self, field: FieldDef, raw: Any, context: CoerceContext) -> Money | None:
        if isinstance(raw, Money):
            amount, currency, base = raw.amount, raw.currency, raw.base
        else:
            (amount, currency), base = self._split(raw, context), None
        if is_blank(amount) and not isinstance(raw, str):
            return None
        self._refuse_other_currency(field, currency)
        number = read_decimal(amount, context, decimals=currencies.decimals(currency))
        self._refuse_negative(field, number)
        money = Money(number, currency, base)
        return money if base is not None else self.with_base(field, money, context)

    def _split(self, raw: Any, context: CoerceContext) -> tuple[Any, str]:
        amount, currency = raw, ""
        if isinstance(raw, str):
            amount, currency = currencies.split(raw.strip())
        elif isinstance(raw, Mapping):
            amount, currency = raw.get("amount"), str(raw.get("currency") or "").strip()
        return amount, currencies.code(currency, context) if currency else context.base_currency

    def _refuse_other_currency(self, field: FieldDef, currency: str) -> None:
        allowed = self.option(field, "currencies")
        if allowed and currency not in allowed:
            raise ValueRefused(
                "currency",
                gettext("Use one of these currencies: %(codes)s.") % {"codes": ", ".join(allowed)},
            )

    def _refuse_negative(self, field: FieldDef, number: Decimal) -> None:
        if number < 0 and not self.option(field, "allow_negative"):
            raise ValueRefused("too_small", gettext("Enter zero or more."))

    def with_base(self, field: FieldDef, money: Money, context: CoerceContext) -> Money:
        """The same amount, valued in the base currency at today's rate."""
        rate = Decimal(1)
        if money.currency != context.base_currency:
            known = context.rate(money.currency, context.today)
            if known is None:
                return Money(money.amount, money.currency)
            rate = known
        decimals = self._base_decimals(field)
        refuse_too_large(money.amount * rate, decimals)
        return Money(money.amount, money.currency, scaled_down(money.amount * rate, decimals))

    def rounded(self, field: FieldDef, number: Decimal) -> Decimal:
        """A computed number, as exact as the base currency holds."""
        return scaled_down(number, self._base_decimals(field))

    def base_currency(self, field: FieldDef) -> str:
        """An option that the compiler adds, so that what is stored can be read by itself."""
        return str(field.options.get("base_currency") or "EUR")

    def _base_decimals(self, field: FieldDef) -> int:
        return currencies.decimals(self.base_currency(field))

    # -- stored

    def parts(self, field: FieldDef) -> tuple[str, ...]:
        key = field.stored_key
        return key, f"{key}__currency", f"{key}__base"

    def shape(self, field: FieldDef) -> str:
        """The value in the base currency is stored too."""
        return f"{self.key}:{self.base_currency(field)}"

    def comparable_key(self, field: FieldDef) -> str:
        return f"{field.stored_key}__base"

    def dump(self, field: FieldDef, value: Money | None) -> dict[str, Json]:
        if value is None:
            return {}
        amount, currency, base = self.parts(field)
        stored: dict[str, Json] = {
            amount: to_integer(value.amount, currencies.decimals(value.currency)),
            currency: value.currency,
        }
        if value.base is not None:
            stored[base] = to_integer(value.base, self._base_decimals(field))
        return stored

    def load(self, field: FieldDef, data: Mapping[str, Any]) -> Money | None:
        amount, currency, base = (data.get(key) for key in self.parts(field))
        if amount is None or not isinstance(currency, str):
            return None
        worth = self._from_base(field, base) if type(base) is int else None
        decimals = currencies.decimals(currency)
        return Money(scaled_down(from_integer(amount, decimals), decimals), currency, worth)

    def _from_base(self, field: FieldDef, stored: int) -> Decimal:
        return self.rounded(field, from_integer(stored, self._base_decimals(field)))

    def from_comparable(self, field: FieldDef, comparable: Any) -> Money | None:
        if comparable is None:
            return None
        base = self._from_base(field, comparable)
        return Money(base, self.base_currency(field), base)

    # -- shown

    def display(self, field: FieldDef, value: Money, names: Names) -> str:
        return money_text(value.amount, value.currency)

    def to_text(self, field: FieldDef, value: Money) -> str:
        return str(value)

    def to_json(self, field: FieldDef, value: Money) -> Json:
        shown: dict[str, Json] = {"amount": f"{value.amount:f}", "currency": value.currency}
        if value.base is not None:
            shown["base"] = f"{value.base:f}"
        return shown

    def json_schema(self, field: FieldDef) -> dict[str, Any]:
        """`base` is told, and not taken."""
        number = {"type": ["string", "number"], "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}
        allowed = self.option(field, "currencies") or currencies.known()
        return {
            "type": "object",
            "properties": {
                "amount": number,
                "currency": {"type": "string", "enum": list(allowed)},
                "base": {**number, "readOnly": True},
            },
            "required": ["amount", "currency"],
            "additionalProperties": False,
        }

    # -- forms and samples

    def form_field(self, field: FieldDef, **kwargs: Any) -> forms.Field:
        allowed = self.option(field, "currencies") or currencies.known()
        base = self.base_currency(field)
        listed = sorted(allowed, key=lambda code: (code != base, code))
        choices = [(code, f"{code} – {currencies.name(code)}") for code in listed]
        names = {"amount": _("Amount"), "currency": _("Currency")}
        return PartsField(
            {"amount": forms.DecimalField(), "currency": forms.ChoiceField(choices=choices)},
            names,
            **kwargs,
        )

    def form_initial(self, field: FieldDef, value: Money | None) -> dict[str, str] | None:
        return (
            None if value is None else {"amount": f"{value.amount:f}", "currency": value.currency}
        )

    def random_value(self, field: FieldDef, rng: random.Random) -> Money:
        currency = rng.choice(list(self.option(field, "currencies") or currencies.known()))
        decimals = currencies.decimals(currency)
        is_base = currency == self.base_currency(field)
        high = LIMIT if is_base else LIMIT // _ROOM_FOR_RATES
        low = -high if self.option(field, "allow_negative") else 0
        amount = scaled_down(from_integer(samples.integer(rng, low, high), decimals), decimals)
        return Money(amount, currency, amount if is_base else None)
