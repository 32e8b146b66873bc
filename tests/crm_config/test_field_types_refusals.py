"""What each field type refuses, and that it says why."""

from typing import Any

import pytest

from crm_config.field_types.base import ValueRefused
from tests.field_cases import OPTIONS, a_field, read

REFUSED: list[tuple[str, dict[str, Any], Any, str]] = [
    ("text", {}, ["a"], "not_text"),
    ("text", {}, True, "not_text"),
    ("text", {}, "x" * 501, "too_long"),
    ("text", {"min_length": 3}, "ab", "too_short"),
    ("text", {"regex": "[A-Z]{2}[0-9]+"}, "a1", "pattern"),
    ("long_text", {"max_length": 3}, "abcd", "too_long"),
    ("rich_text", {}, "<p>" + "x" * 100_000, "too_long"),
    ("integer", {}, "1.5", "decimals"),
    ("integer", {}, "twelve", "not_a_number"),
    ("integer", {}, True, "not_a_number"),
    ("integer", {}, "1,2", "not_a_number"),
    ("integer", {}, "1e5", "not_a_number"),
    ("integer", {}, "९", "not_a_number"),
    ("integer", {}, 9_000_000_000_000_001, "too_large"),
    ("integer", {}, float("nan"), "not_a_number"),
    ("integer", {}, float("inf"), "not_a_number"),
    ("integer", {"min": 1}, 0, "too_small"),
    ("integer", {"max": 1}, 2, "too_great"),
    ("decimal", {}, "1.234", "decimals"),
    ("decimal", {}, "1.234,50", "not_a_number"),
    ("decimal", {}, "12,5", "not_a_number"),
    ("decimal", {}, "1,23,456", "not_a_number"),
    ("decimal", {}, "1 234,567", "not_a_number"),
    ("decimal", {"decimals": 3}, "1,234", "ambiguous"),
    ("decimal", {}, "NaN", "not_a_number"),
    ("decimal", {}, "90000000000000.01", "too_large"),
    ("decimal", {"max": "0.5"}, "0.51", "too_great"),
    ("money", {}, "12.505 EUR", "decimals"),
    ("money", {}, "12.5 JPY", "decimals"),
    ("money", {}, "5 doubloons", "currency"),
    ("money", {}, "EUR 5 EUR", "not_a_number"),
    ("money", {}, {"amount": 5, "currency": "DEM"}, "currency"),
    ("money", {"currencies": ["EUR"]}, "5 RON", "currency"),
    ("money", {"allow_negative": False}, "-5", "too_small"),
    ("money", {}, "90000000000000.01 EUR", "too_large"),
    ("money", {}, "EUR", "not_a_number"),
    ("percent", {"max": "100"}, "100.01 %", "too_great"),
    ("date", {}, "31.01.2026", "not_a_date"),
    ("date", {}, "01/02/03", "not_a_date"),
    ("date", {}, "2026-02-29", "no_such_date"),
    ("date", {}, "0026-02-01", "year"),
    ("date", {}, 46000, "not_a_date"),
    ("date", {}, "2026-01-31 14:30", "not_a_date"),
    ("date", {"min": "today"}, "2026-05-31", "too_early"),
    ("date", {"max": "2026-01-01"}, "2026-01-02", "too_late"),
    ("datetime", {}, "yesterday", "not_a_date"),
    ("datetime", {}, "2026-02-29 12:00", "no_such_date"),
    ("datetime", {}, "2026-02-28 25:00", "no_such_date"),
    ("datetime", {}, "9999-12-31T23:59:59-12:00", "year"),
    ("datetime", {}, 1_700_000_000, "not_a_moment"),
    ("time", {}, "25:00", "not_a_time"),
    ("time", {}, "noon", "not_a_time"),
    ("time", {}, 14, "not_a_time"),
    ("duration", {}, "90", "not_a_duration"),
    ("duration", {}, "1:75", "not_a_duration"),
    ("duration", {}, "P", "not_a_duration"),
    ("duration", {}, -1, "too_small"),
    ("boolean", {}, "maybe", "not_a_boolean"),
    ("boolean", {}, 2, "not_a_boolean"),
    ("choice", {}, "Wholesale", "unknown_option"),
    ("choice", {}, ["retail"], "unknown_option"),
    ("multi_choice", {}, "Retail, Wholesale", "unknown_option"),
    ("rating", {}, 0, "too_small"),
    ("rating", {}, 6, "too_great"),
    ("rating", {}, 3.5, "decimals"),
    ("email", {}, "maria@", "not_an_email"),
    ("email", {}, "maria", "not_an_email"),
    ("email", {}, "Maria <maria@example.com>", "not_an_email"),
    ("email", {}, "x" * 250 + "@example.com", "too_long"),
    ("phone", {}, "021 123 4567", "country_code"),
    ("phone", {}, "call me", "not_a_phone"),
    ("phone", {"region": "RO"}, "call me", "not_a_phone"),
    ("phone", {}, "+40 21 12", "not_a_number"),
    ("phone", {}, "+40 21 123 4567 ext. 5", "extension"),
    ("phone", {"strict": True}, "+40 91 123 4567", "not_a_number"),
    ("url", {}, "javascript:alert(1)", "not_a_url"),
    ("url", {}, "data:text/html,x", "not_a_url"),
    ("url", {}, "ftp://example.com", "not_a_url"),
    ("url", {}, "file:///etc/passwd", "not_a_url"),
    ("url", {}, "not a page", "not_a_url"),
    ("url", {}, "https://[::1", "not_a_url"),
    ("url", {}, "mailto:maria", "not_a_url"),
    ("address", {}, {"country": "Atlantis"}, "country"),
    ("address", {}, {"planet": "Mars"}, "not_an_address"),
    ("address", {}, {"street": "x" * 201}, "too_long"),
    ("location", {}, "91, 0", "not_a_location"),
    ("location", {}, "nan, 0", "not_a_location"),
    ("location", {}, "47", "not_a_location"),
    ("location", {}, {"lat": 1}, "not_a_location"),
    ("link", {}, [1, 2], "one_only"),
    ("link", {}, "Aegean Optics", "not_an_id"),
    ("link", {"multiple": True}, [1, 0], "not_an_id"),
    ("user", {}, 2**53, "not_an_id"),
    ("user", {}, True, "not_an_id"),
    ("team", {}, -1, "not_an_id"),
    ("file", {}, "contract.pdf", "not_an_id"),
    ("image", {}, 1.5, "not_an_id"),
    ("auto_number", {}, "x" * 101, "too_long"),
]


@pytest.mark.parametrize(
    ("type_key", "options", "raw", "code"), REFUSED, ids=lambda part: str(part)[:40]
)
def test_is_refused(type_key: str, options: dict[str, Any], raw: Any, code: str) -> None:
    with pytest.raises(ValueRefused) as caught:
        read(a_field(type_key, **options), raw)
    assert caught.value.code == code
    assert "%(" not in str(caught.value.message)


def test_every_type_that_people_fill_in_refuses_something() -> None:
    refusing = {type_key for type_key, *_rest in REFUSED}
    assert not {"formula", "rollup", "lookup"} & refusing
    assert len(refusing) == 26


def test_an_ambiguous_number_says_both_readings() -> None:
    with pytest.raises(ValueRefused, match=r"1234 or 1\.234"):
        read(a_field("decimal", decimals=3), "1,234")


def test_an_unknown_option_names_those_in_use() -> None:
    with pytest.raises(ValueRefused, match="Retail, IT & software") as caught:
        read(a_field("choice"), "Wholesale")
    assert "Fax" not in str(caught.value)


def test_the_fields_own_message_is_said_where_its_pattern_is_not_met() -> None:
    field = a_field("text", regex="[0-9]+", regex_message={"en": "Digits only."})
    with pytest.raises(ValueRefused, match=r"Digits only\."):
        read(field, "a")


def test_a_retired_option_may_stand_but_not_be_given_anew() -> None:
    field = a_field("choice")
    assert read(field, "fax") == "fax"
    field.type.check_new(field, "fax", "fax")
    with pytest.raises(ValueRefused, match="no longer in use"):
        field.type.check_new(field, "fax", "retail")


def test_retired_options_may_stand_among_several_but_not_be_added() -> None:
    field = a_field("multi_choice")
    field.type.check_new(field, ("fax", "it"), ("fax",))
    field.type.check_new(field, None, ("fax",))
    with pytest.raises(ValueRefused, match="Fax"):
        field.type.check_new(field, ("fax", "it"), ("it",))


def test_a_label_that_a_retired_option_shares_means_the_one_in_use() -> None:
    renamed = (OPTIONS[4], type(OPTIONS[0])("fax2", {"en": "FAX"}))
    assert read(a_field("choice", choices=renamed), "fax ") == "fax"
    assert read(a_field("choice", choices=renamed), "F A X") == "fax2"
