"""What people and files write, and the value it is read as."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from crm_config.field_types.address import Address
from crm_config.field_types.auto_number import AutoNumberType
from crm_config.field_types.location import Location
from crm_config.field_types.money import Money
from tests.field_cases import CONTEXT, a_field, read


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


READ: list[tuple[str, Any, Any]] = [
    ("text", "  Aegean \t Optics\n", "Aegean Optics"),
    ("text", "e\u0301\x00\u200b", "é\u200b"),
    ("text", 123.0, "123"),
    ("text", " \x00 ", None),
    ("long_text", "one\r\ntwo\rthree\u2028four\x00 ", "one\ntwo\nthree\nfour"),
    ("rich_text", "Tom & Jerry <3\n\nnext", "<p>Tom &amp; Jerry &lt;3</p>\n\n<p>next</p>"),
    ("rich_text", "<p onclick=x>a<script>b</script></p>", "<p>a</p>"),
    (
        "rich_text",
        '<p style="x"><a href="javascript:x">a</a></p>',
        '<p><a rel="noopener">a</a></p>',
    ),
    ("rich_text", "<p> <br></p>", None),
    ("rich_text", "<script>x</script>a &amp; b", "<p>a &amp; b</p>"),
    ("integer", "1 250", 1250),
    ("integer", "1,250", 1250),
    ("integer", "1'250'000", 1250000),
    ("integer", "−7", -7),
    ("integer", 12.0, 12),
    ("integer", "12.000", 12),
    ("decimal", "1,234,567.5", Decimal("1234567.50")),
    ("decimal", "1\u202f234.5", Decimal("1234.50")),
    ("decimal", "1,234", Decimal("1234.00")),
    ("decimal", 0.1 + 0.2, Decimal("0.30")),
    ("decimal", "-0", Decimal("0.00")),
    ("percent", "12.5 %", Decimal("12.50")),
    ("money", "12.50 EUR", Money(Decimal("12.50"), "EUR")),
    ("money", "€12.50", Money(Decimal("12.50"), "EUR")),
    ("money", "-€1,250", Money(Decimal("-1250.00"), "EUR")),
    ("money", "€ -12.5", Money(Decimal("-12.50"), "EUR")),
    ("money", "1 250 lei", Money(Decimal("1250.00"), "RON")),
    ("money", "99.99zł", Money(Decimal("99.99"), "PLN")),
    ("money", "usd 5", Money(Decimal("5.00"), "USD")),
    ("money", 12, Money(Decimal("12.00"), "EUR")),
    ("money", {"amount": "1.234", "currency": "kwd"}, Money(Decimal("1.234"), "KWD")),
    ("money", {"amount": 500, "currency": "JPY"}, Money(Decimal(500), "JPY")),
    ("money", {"amount": "", "currency": "EUR"}, None),
    ("date", "2026-01-31", date(2026, 1, 31)),
    ("date", "2026/1/3", date(2026, 1, 3)),
    ("date", "2026-01-31 00:00:00", date(2026, 1, 31)),
    ("date", datetime(2026, 1, 31, 23, 0), date(2026, 1, 31)),
    ("date", at(2026, 1, 31, 23, 0), date(2026, 2, 1)),
    ("datetime", "2026-01-31 14:30", at(2026, 1, 31, 12, 30)),
    ("datetime", "2026-07-31T14:30:00Z", at(2026, 7, 31, 14, 30)),
    ("datetime", "2026-07-31T14:30:00.5+01:00", at(2026, 7, 31, 13, 30, 0, 500_000)),
    ("datetime", date(2026, 7, 31), at(2026, 7, 30, 21, 0)),
    ("datetime", "2026-07-31", at(2026, 7, 30, 21, 0)),
    ("time", "9:05", time(9, 5)),
    ("time", "23:59:59.9", time(23, 59, 59)),
    ("duration", "1:30", 5400),
    ("duration", "0:00:07", 7),
    ("duration", "90m", 5400),
    ("duration", "90 min", 5400),
    ("duration", "1.5h", 5400),
    ("duration", "1 h 30 min", 5400),
    ("duration", "2d", 172_800),
    ("duration", "PT1H30M", 5400),
    ("duration", "P1DT1S", 86_401),
    ("duration", timedelta(minutes=90), 5400),
    ("duration", 90, 90),
    ("boolean", "Da", True),
    ("boolean", "ΝΑΙ", True),
    ("boolean", "nie", False),
    ("boolean", 0, False),
    ("boolean", 1.0, True),
    ("choice", "retail", "retail"),
    ("choice", " COMERȚ  cu amănuntul ", "retail"),
    ("choice", "πληροφορικη\u0301", "it"),
    ("choice", "STRASSE", "straße"),
    ("choice", "Fax", "fax"),
    ("multi_choice", "Retail, IT & software", ("it", "retail")),
    ("multi_choice", "Export; import", ("export",)),
    ("multi_choice", ["retail", "Retail", "it"], ("it", "retail")),
    ("multi_choice", [], None),
    ("rating", "4", 4),
    ("email", " Maria.P@EXAMPLE.com ", "Maria.P@example.com"),
    ("email", "mailto:maria@example.com", "maria@example.com"),
    ("phone", "+40 (21) 123-4567", "+40211234567"),
    ("phone", "0040211234567", "+40211234567"),
    ("phone", "tel:+40211234567", "+40211234567"),
    ("url", "www.Example.com/Path", "https://www.example.com/Path"),
    ("url", "HTTPS://example.com", "https://example.com"),
    ("url", "example.com:8080/x", "https://example.com:8080/x"),
    ("url", "mailto:maria@example.com", "mailto:maria@example.com"),
    ("address", {"city": " Iași ", "country": "Romania"}, Address(city="Iași", country="RO")),
    ("address", {"country": "Ρουμανία"}, Address(country="RO")),
    ("address", {"country": "pol"}, Address(country="PL")),
    ("address", "12 Harbour Street, Iași", Address(street="12 Harbour Street, Iași")),
    ("address", "1 Main; Iași; ; 700001; RO", Address("1 Main", "Iași", "", "700001", "RO")),
    ("address", {"street": "", "city": None}, None),
    ("location", "47.15850012, 27.6014", Location(47.1585, 27.6014)),
    ("location", [-0.0, "180"], Location(0.0, 180.0)),
    ("location", {"lat": "", "lon": ""}, None),
    ("link", "5", (5,)),
    ("link", 5, (5,)),
    ("user", "12", 12),
    ("team", 3.0, 3),
    ("file", False, None),
]


@pytest.mark.parametrize(("type_key", "raw", "value"), READ, ids=str)
def test_is_read_as(type_key: str, raw: Any, value: Any) -> None:
    found = read(a_field(type_key), raw)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize("raw", [None, "", "  \n", [], {}, ()], ids=repr)
def test_nothing_is_read_as_empty(raw: Any) -> None:
    for key in ("text", "money", "date", "choice", "multi_choice", "link", "address", "boolean"):
        assert read(a_field(key), raw) is None


@pytest.mark.parametrize(
    ("type_key", "raw", "value"),
    [
        ("decimal", "1.234,5", Decimal("1234.50")),
        ("decimal", "1234,5", Decimal("1234.50")),
        ("decimal", "1.234", Decimal("1234.00")),
        ("integer", "1.250.000", 1_250_000),
        ("money", "1.234,50 lei", Money(Decimal("1234.50"), "RON")),
        ("percent", "12,5%", Decimal("12.50")),
    ],
)
def test_numbers_are_read_with_the_mark_of_the_context(type_key: str, raw: str, value: Any) -> None:
    assert read(a_field(type_key), raw, decimal_mark=",") == value


@pytest.mark.parametrize(
    ("order", "raw"), [("dmy", "5.1.2026"), ("dmy", "05/01/2026"), ("mdy", "1/5/2026")]
)
def test_dates_are_read_in_the_order_of_the_context(order: str, raw: str) -> None:
    assert read(a_field("date"), raw, date_order=order) == date(2026, 1, 5)
    moment = read(a_field("datetime"), f"{raw} 14:30", date_order=order)
    assert moment == at(2026, 1, 5, 12, 30)


def test_year_first_is_read_in_any_order() -> None:
    assert read(a_field("date"), "2026-01-05", date_order="mdy") == date(2026, 1, 5)


def test_the_two_hours_in_which_summer_time_ends_are_told_apart() -> None:
    field = a_field("datetime")
    first = datetime(2026, 10, 25, 3, 30, tzinfo=ZoneInfo("Europe/Bucharest"), fold=0)
    second = first.replace(fold=1)
    assert read(field, second) - read(field, first) == timedelta(hours=1)


def test_a_phone_without_country_takes_the_fields_then_the_companys() -> None:
    assert read(a_field("phone", region="GR"), "2101234567", phone_region="RO") == "+302101234567"
    assert read(a_field("phone"), "021 123 4567", phone_region="RO") == "+40211234567"


def test_a_dollar_sign_is_the_base_currencys_own_dollar() -> None:
    assert read(a_field("money"), "$5").currency == "USD"
    assert read(a_field("money"), "$5", base_currency="CAD").currency == "CAD"


def test_money_is_valued_in_the_base_currency_at_the_rate_of_the_day() -> None:
    field = a_field("money")
    assert read(field, "100 RON").base == Decimal("21.73")
    assert read(field, "100 EUR").base == Decimal("100.00")
    assert read(field, "100 XPF").base is None
    assert "x__base" not in field.type.dump(field, read(field, "100 XPF"))


def test_money_keeps_the_value_it_was_given_when_read_again_at_another_rate() -> None:
    field = a_field("money")
    old = read(field, "100 RON")
    assert read(field, old, rate=lambda currency, on: Decimal(9)).base == old.base


def test_money_is_stored_in_the_currencys_own_minor_units() -> None:
    field = a_field("money")
    assert field.type.dump(field, read(field, "12.50 EUR")) == {
        "x": 1250,
        "x__currency": "EUR",
        "x__base": 1250,
    }
    assert field.type.dump(field, read(field, "500 JPY"))["x"] == 500
    assert field.type.dump(field, read(field, "1.234 KWD"))["x"] == 1234


def test_a_sum_in_sql_becomes_money_in_the_base_currency() -> None:
    field = a_field("money", base_currency="RON")
    assert field.type.from_comparable(field, 12345) == Money(Decimal("123.45"), "RON")
    assert field.type.from_comparable(field, None) is None
    average = a_field("decimal", decimals=2)
    assert average.type.from_comparable(average, 12.5) == Decimal("0.13")


def test_moments_are_stored_in_one_width() -> None:
    field = a_field("datetime")
    for raw in ("2026-01-31 14:30", "1999-12-31T23:59:59.999999Z"):
        assert len(str(field.type.dump(field, read(field, raw))["x"])) == 27


@pytest.mark.parametrize(
    ("type_key", "name", "value"),
    [
        ("date", "today", date(2026, 6, 1)),
        ("datetime", "now", at(2026, 6, 1, 9, 30)),
        ("datetime", "today", at(2026, 5, 31, 21, 0)),
        ("user", "me", 7),
        ("team", "my_team", 3),
    ],
)
def test_dynamic_defaults(type_key: str, name: str, value: Any) -> None:
    field = a_field(type_key, default={"dynamic": name})
    assert name in dict(field.type.dynamic_defaults())
    assert field.type.default(field, CONTEXT) == value


def test_a_literal_default_is_read_like_any_value() -> None:
    field = a_field("choice", default="Retail")
    assert field.type.default(field, CONTEXT) == "retail"
    assert a_field("choice").type.default(a_field("choice"), CONTEXT) is None


def test_an_aware_moment_of_any_zone_is_kept_in_utc() -> None:
    raw = datetime(2026, 1, 1, 1, 0, tzinfo=timezone(timedelta(hours=14)))
    assert read(a_field("datetime"), raw) == at(2025, 12, 31, 11, 0)
    assert read(a_field("datetime"), raw).tzinfo is UTC


def test_automatic_numbers_are_written_by_prefix_year_and_digits() -> None:
    field = a_field("auto_number", prefix="INV-{year}-", digits=4, restart="yearly")
    assert isinstance(field.type, AutoNumberType)
    assert field.type.format_number(field, 42, 2026) == "INV-2026-0042"
    assert field.type.format_number(field, 123456, 2026) == "INV-2026-123456"
    assert field.type.restarts_yearly(field)
