"""What every field type promises (see `crm_config.field_types.base`), over values of its whole range."""

import json
import random
from typing import Any

import jsonschema
import pytest
from bs4 import BeautifulSoup
from bs4.element import Tag
from django import forms
from django.http import QueryDict
from django.utils import timezone, translation
from django.utils.datastructures import MultiValueDict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_config.definitions import FieldDef
from crm_config.field_types.auto_number import AutoNumberType
from crm_config.field_types.base import Names, ValueRefused
from tests.field_cases import Case, a_field, all_cases, read

each_case = pytest.mark.parametrize("case", all_cases(), ids=str)
randoms = st.integers(0, 2**32).map(random.Random)
thorough = settings(max_examples=60, deadline=None)


def value_of(field: FieldDef, rng: random.Random) -> Any:
    return read(field, field.type.random_value(field, rng))


@each_case
@thorough
@given(rng=randoms)
def test_a_random_value_is_a_value(case: Case, rng: random.Random) -> None:
    field = case.field()
    drawn = field.type.random_value(field, rng)
    assert read(field, drawn) == drawn
    assert not field.type.is_empty(drawn)


@each_case
@thorough
@given(rng=randoms)
def test_reading_twice_is_reading_once(case: Case, rng: random.Random) -> None:
    field = case.field()
    once = value_of(field, rng)
    assert read(field, once) == once
    assert field.type.dump(field, read(field, once)) == field.type.dump(field, once)


@each_case
@thorough
@given(rng=randoms)
def test_what_is_stored_is_plain_and_reads_as_it_was(case: Case, rng: random.Random) -> None:
    field = case.field()
    value = value_of(field, rng)
    stored = field.type.dump(field, value)
    assert stored.keys() <= set(field.type.parts(field))
    assert json.loads(json.dumps(stored, allow_nan=False)) == stored
    assert None not in stored.values()
    if field.type.storage != "links":
        loaded = field.type.load(field, stored)
        assert loaded == value
        assert field.type.dump(field, loaded) == stored


@each_case
@thorough
@given(rng=randoms)
def test_text_for_a_file_reads_as_it_was(case: Case, rng: random.Random) -> None:
    field = case.field()
    value = value_of(field, rng)
    assert read(field, field.type.to_text(field, value)) == value


@each_case
@thorough
@given(rng=randoms)
def test_json_for_the_api_fits_its_schema_and_reads_as_it_was(
    case: Case, rng: random.Random
) -> None:
    field = case.field()
    value = value_of(field, rng)
    shown = json.loads(json.dumps(field.type.to_json(field, value), allow_nan=False))
    jsonschema.validate(
        shown, field.type.json_schema(field), format_checker=jsonschema.FormatChecker()
    )
    assert read(field, shown) == value


@each_case
def test_the_json_schema_is_a_schema(case: Case) -> None:
    field = case.field()
    jsonschema.Draft202012Validator.check_schema(field.type.json_schema(field))


@each_case
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rng=randoms, language=st.sampled_from(["en", "ro", "el", "pl"]))
def test_saving_a_form_untouched_changes_nothing(
    case: Case, rng: random.Random, language: str
) -> None:
    field = case.field()
    if field.type.computed:
        return
    value = value_of(field, rng)
    with timezone.override("Europe/Bucharest"), translation.override(language):
        assert read(field, submitted(field, value)) == value


def submitted(field: FieldDef, value: Any) -> Any:
    """The cleaned value of a form that a browser showed and sent back."""
    initial = field.type.form_initial(field, value)

    class OneField(forms.Form):
        x = field.type.form_field(field, label="X", required=False, initial=initial)

    form = OneField(browser_post(str(OneField())), MultiValueDict())
    assert form.is_valid(), form.errors
    return form.cleaned_data["x"]


def browser_post(html: str) -> QueryDict:
    data = QueryDict(mutable=True)
    for element in BeautifulSoup(html, "html.parser").find_all(["input", "textarea", "select"]):
        for sent in sent_values(element):
            data.appendlist(str(element["name"]), sent)
    return data


def sent_values(element: Tag) -> list[str]:
    if element.name == "textarea":
        text = element.get_text().replace("\r\n", "\n").removeprefix("\n")
        return [text.replace("\n", "\r\n")]
    if element.name == "select":
        chosen = element.find_all("option", selected=True)
        return [str(option["value"]) for option in chosen]
    if element.get("type") == "file":
        return []
    if element.get("type") == "checkbox":
        return [str(element.get("value", "on"))] if element.has_attr("checked") else []
    return [str(element.get("value", ""))]


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.decimals() | st.text(max_size=40)
    | st.sampled_from(["12,5", "1.234,56", "01/02/2026", "1e999", "\x00", "\ud800", "<b>x", "@", "€", ";;;;"])
    | st.dates() | st.datetimes(timezones=st.timezones() | st.none()) | st.times() | st.binary(max_size=5),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(["amount", "currency", "lat", "lon", "street", "country", "x"]), inner, max_size=3
    ),
    max_leaves=5,
)  # fmt: skip


@each_case
@settings(max_examples=150, deadline=None)
@given(raw=junk)
def test_any_raw_value_is_read_or_refused_with_a_reason(case: Case, raw: Any) -> None:
    field = case.field()
    try:
        value = read(field, raw)
    except ValueRefused as refusal:
        assert refusal.code
        assert str(refusal.message).strip()
        return
    if value is None:
        return
    assert read(field, value) == value
    stored = field.type.dump(field, value)
    assert "\\u0000" not in json.dumps(stored, allow_nan=False)
    if field.type.storage != "links":
        assert field.type.load(field, json.loads(json.dumps(stored))) == value


HARMLESS = {
    "p", "br", "h2", "h3", "h4", "b", "strong", "i", "em", "u", "s", "a", "ul", "ol", "li",
    "blockquote", "code", "hr", "span", "div", "time",
}  # fmt: skip


@each_case
@thorough
@given(rng=randoms)
def test_what_is_shown_is_harmless_html(case: Case, rng: random.Random) -> None:
    field = case.field()
    value = value_of(field, rng)
    assert isinstance(field.type.display(field, value, Names()), str)
    assert_harmless(str(field.type.render(field, value, Names())))


ATTACKS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onclick='x",
    "javascript:x",
)


@each_case
@pytest.mark.parametrize("attack", ATTACKS)
def test_no_text_becomes_script(case: Case, attack: str) -> None:
    field = case.field()
    for raw in (attack, {"street": attack}, {"amount": attack}, f"https://example.com/{attack}"):
        try:
            value = read(field, raw)
        except ValueRefused:
            continue
        if value is not None:
            assert_harmless(str(field.type.render(field, value, Names())))


def assert_harmless(html: str) -> None:
    for element in BeautifulSoup(f"<p>{html}</p>", "html.parser").find_all(True):
        assert element.name in HARMLESS, html
        assert not [name for name in element.attrs if name.startswith("on") or name == "style"], (
            html
        )
        assert not str(element.get("href", "")).lower().startswith(("javascript:", "data:")), html


ORDERED = (
    "integer",
    "decimal",
    "percent",
    "rating",
    "duration",
    "date",
    "datetime",
    "time",
    "auto_number",
)


@pytest.mark.parametrize("type_key", ORDERED)
@thorough
@given(seed=st.integers(0, 2**32))
def test_what_is_stored_sorts_as_the_values_do(type_key: str, seed: int) -> None:
    rng = random.Random(seed)
    field = a_field(type_key)
    if type_key == "auto_number":
        assert isinstance(field.type, AutoNumberType)
        numbers = sorted(rng.sample(range(1, 99_999), 8))
        values = [field.type.format_number(field, number, 2026) for number in numbers]
    else:
        values = sorted(value_of(field, rng) for _each in range(8))
    stored = [field.type.comparable(field, value) for value in values]
    assert stored == sorted(stored)
