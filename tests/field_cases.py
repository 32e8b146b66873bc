"""Fields of every type, with several sets of options, built by hand: no database is needed."""

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from crm_config.definitions import FieldDef, OptionDef
from crm_config.field_types import registry
from crm_config.field_types.base import CoerceContext

OPTIONS = (
    OptionDef("retail", {"en": "Retail", "ro": "Comerț cu amănuntul"}, "green"),
    OptionDef("it", {"en": "IT & software", "el": "Πληροφορική"}, "blue"),
    OptionDef("export", {"en": "Export; import", "pl": "Eksport"}),
    OptionDef("straße", {"en": "Straße"}),
    OptionDef("fax", {"en": "Fax"}, retired=True),
)


def rate(currency: str, on: date) -> Decimal | None:
    return None if currency == "XPF" else Decimal("0.2173")


CONTEXT = CoerceContext(
    now=datetime(2026, 6, 1, 9, 30, tzinfo=UTC),
    tz=ZoneInfo("Europe/Bucharest"),
    me=7,
    my_team=3,
    rate=rate,
)


def a_field(type_key: str, /, **options: Any) -> FieldDef:
    """A field of a type, with its options; `choices` and `default` go to the field itself."""
    field_type = registry.get(type_key).bound(options)
    listed = options.pop("choices", OPTIONS if field_type.has_choices else ())
    default = options.pop("default", None)
    return FieldDef(
        record_type="deal",
        key="x",
        type=field_type,
        labels={"en": "X"},
        options=options,
        choices=tuple(listed),
        default=default,
    )


def read(field: FieldDef, raw: Any, **context: Any) -> Any:
    return field.type.coerce(field, raw, replace(CONTEXT, **context))


@dataclass(frozen=True)
class Case:
    type_key: str
    options: dict[str, Any] = field(default_factory=dict)

    def field(self) -> FieldDef:
        return a_field(self.type_key, **self.options)

    def __str__(self) -> str:
        told = ",".join(f"{key}={str(value)[:20]}" for key, value in self.options.items())
        return f"{self.type_key}({told})"


#: Besides each type as it comes.
SPECIAL = (
    Case("text", {"max_length": 1}),
    Case("text", {"min_length": 500}),
    Case("long_text", {"max_length": 3}),
    Case("integer", {"min": -3, "max": 12}),
    Case("decimal", {"decimals": 0}),
    Case("decimal", {"decimals": 6, "min": "-0.5", "max": "0.000001"}),
    Case("money", {"currencies": ["JPY", "KWD", "EUR"], "allow_negative": False}),
    Case("money", {"base_currency": "KWD"}),
    Case("percent", {"decimals": 4, "min": "0", "max": "100"}),
    Case("date", {"min": "2024-02-29", "max": "2024-03-01"}),
    Case("rating", {"max": 10}),
    Case("phone", {"region": "GR", "strict": True}),
    Case("link", {"multiple": True, "targets": ["company"]}),
    Case("auto_number", {"prefix": "INV-{year}-", "digits": 3, "restart": "yearly"}),
    Case("formula", {"result_type": "text"}),
    Case("formula", {"result_type": "money"}),
    Case("formula", {"result_type": "date"}),
    Case("formula", {"result_type": "boolean"}),
    Case("rollup", {"function": "sum", "result": {"type": "money"}}),
    Case("rollup", {"function": "max", "result": {"type": "datetime"}}),
    Case("lookup", {"result": {"type": "multi_choice"}, "choices": OPTIONS}),
    Case("lookup", {"result": {"type": "address"}}),
)


def all_cases() -> list[Case]:
    return [*(Case(key) for key in registry.all_types()), *SPECIAL]
