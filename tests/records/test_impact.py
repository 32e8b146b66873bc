"""What publishing would do to live records, told before; and what is refused because of them."""

from typing import Any

import pytest

from crm_config import impacts, insights, payload, publication
from crm_config.compiler import Draft
from crm_config.impacts import Impact
from crm_config.live import live, numbers
from crm_config.models import ExchangeRate, User
from crm_config.problems import ConfigurationInvalid
from records.models import UniqueValue
from tests import company as small
from tests.cast import create
from tests.company import field, option
from tests.records.test_retyping import thing

pytestmark = pytest.mark.django_db

OPTIONS = [option("it"), option("retail")]


def draft(*types: dict[str, Any]) -> payload.Payload:
    replaced = {t["key"] for t in types}
    kept = [t for t in publication.live_payload()["record_types"] if t["key"] not in replaced]
    return {**publication.live_payload(), "record_types": [*kept, *types]}


def found(candidate: payload.Payload) -> list[Impact]:
    after = Draft(candidate, numbers()).snapshot
    return list(impacts.get().of(live(), after, user=seeing_all()))


def seeing_all() -> User:
    return User.objects.filter(is_superuser=True).first() or User.objects.create_superuser("root")


def live_things(definition: dict[str, Any], *values: Any) -> list[int]:
    small.publish(thing(definition))
    return [create("thing", name=f"n{place}", x=value) for place, value in enumerate(values)]


def test_a_new_kind_is_tried_on_every_value(company: Any) -> None:
    ids = live_things(field("x"), "12", "a dozen", "13.5")
    (told,) = found(draft(thing(field("x", "integer"))))
    assert (told.path[-1], told.level) == ("x", "loss")
    assert "1 value converts" in str(told.message) and "2 do not" in str(told.message)
    assert [(s.record, s.value) for s in told.samples] == [("n1", "a dozen"), ("n2", "13.5")]
    assert str(ids[1]) in told.samples[0].url and told.samples[0].why
    facts = insights.get().retype_impact(
        "thing",
        "x",
        Draft(draft(thing(field("x", "integer"))), numbers()).snapshot.types["thing"].fields["x"],
        user=seeing_all(),
    )
    assert facts is not None and (facts.kept, facts.lost) == (1, 2)


def test_fewer_decimals_tell_what_is_cut_off(company: Any) -> None:
    live_things(field("x", "decimal", options={"decimals": 2}), "1.25", "2.00")
    (told,) = found(draft(thing(field("x", "decimal", options={"decimals": 1}))))
    assert "2 values convert" in str(told.message) and "1 is cut off" in str(told.message)
    assert [(s.value, s.why) for s in told.samples] == [("1.25", "Cut to 1.3")]


def test_kinds_that_share_nothing_are_refused_while_there_are_values(company: Any) -> None:
    live_things(field("x", "location"))
    small.publish(thing(field("x", "boolean")))
    small.publish(thing(field("x", "location")))
    create("thing", name="A", x="47.1, 27.6")
    with pytest.raises(ConfigurationInvalid, match="cannot become"):
        small.publish(thing(field("x", "boolean")))
    assert found(draft(thing(field("x", "boolean"))))[0].level == "blocking"


def test_duplicates_stand_in_the_way_of_uniqueness(company: Any) -> None:
    live_things(field("x"), "A-1", "a-1", "B", None, None)
    told = found(draft(thing(field("x", unique=True))))
    assert [(i.level, len(i.samples)) for i in told] == [("blocking", 2)]
    with pytest.raises(ConfigurationInvalid, match="more than one record"):
        small.publish(thing(field("x", unique=True)))
    assert not UniqueValue.objects.filter(type="thing").exists()


@pytest.mark.parametrize(
    ("before", "after", "level", "words"),
    [
        (field("x"), field("x", required=True), "note", "1 record has no value"),
        (
            field("x", "integer"),
            field("x", "integer", options={"max": 10}),
            "note",
            "1 value would not be taken",
        ),
        (field("x"), field("x", options={"regex": "[0-9]"}), "note", "1 value would not be taken"),
        (field("x"), field("x", retired=True), "loss", "comes back with the field"),
        (field("x"), None, "loss", "until an operator purges it"),
        (
            field("x", "choice", choices=OPTIONS),
            field("x", "choice", choices=[OPTIONS[0], option("retail", retired=True)]),
            "note",
            "keeps it; it cannot be chosen anew",
        ),
        (
            field("x", "choice", choices=OPTIONS),
            field("x", "choice", choices=OPTIONS[:1]),
            "loss",
            "without a name",
        ),
        (
            field("x", "multi_choice", choices=OPTIONS),
            field("x", "multi_choice", choices=OPTIONS[:1]),
            "loss",
            "1 record holds",
        ),
    ],
)
def test_each_change_says_what_it_does(
    company: Any, before: Any, after: Any, level: str, words: str
) -> None:
    value = {"text": "12", "integer": 12, "choice": "retail", "multi_choice": ["retail"]}[
        before["type"]
    ]
    live_things(before, value, None)
    (told,) = found(draft(thing(after) if after else thing()))
    assert told.level == level and words in str(told.message)
    assert len(told.samples) == 1


def test_links_that_may_hold_less_are_counted(company: Any) -> None:
    org, other = create("organisation", name="A"), create("organisation", name="B")
    several = field("x", "link", options={"targets": ["organisation", "person"], "multiple": True})
    live_things(several, [org, other])
    told = found(draft(thing(field("x", "link", options={"targets": ["person"]}))))
    assert ["another" not in str(i.message) and i.level for i in told] == ["note", "note"]


def test_archiving_a_type_takes_its_records_out_of_sight(company: Any) -> None:
    live_things(field("x"), "1")
    (told,) = found(draft(thing(field("x"), retired=True)))
    assert told.path == ("record_types", "thing") and "1 record leaves" in str(told.message)


def test_what_changes_nothing_says_nothing(company: Any) -> None:
    live_things(field("x"), "1")
    assert found(draft(thing(field("x", labels={"en": "Another name"})))) == []


def test_exchange_rates_are_told_in_the_new_base_currency(company: Any) -> None:
    for currency, rate in (("RON", "0.2"), ("USD", "0.9")):
        ExchangeRate.objects.create(currency=currency, valid_from="2026-01-01", rate=rate)
    candidate = small.small_company()
    candidate["company"]["base_currency"] = "RON"
    assert found(candidate)[0].path == ("company", "base_currency")
    small.publish(company=candidate)
    rates = {row.currency: str(row.rate) for row in ExchangeRate.objects.all()}
    assert rates == {"EUR": "5.00000000", "USD": "4.50000000"}


def test_the_studio_learns_how_full_fields_are(company: Any) -> None:
    live_things(field("x", "choice", choices=OPTIONS), "it", "it", "retail", None)
    told = insights.get()
    facts = told.field_facts("thing", "x", user=seeing_all())
    assert facts is not None and (facts.total, facts.filled, facts.percent) == (4, 3, 75)
    assert list(facts.top) == [("It", 2), ("Retail", 1)]
    assert told.option_counts("thing", "x") == {"it": 2, "retail": 1}
    assert told.record_count("thing") == 4 and told.record_count("nothing") is None


@pytest.mark.parametrize(
    ("definition", "values", "top"),
    [
        (
            field("x", "multi_choice", choices=OPTIONS),
            (["it"], ["it", "retail"]),
            [("It", 2), ("Retail", 1)],
        ),
        (field("x", "money"), ("5 EUR", "5 EUR", "7 EUR"), [("€5.00", 2), ("€7.00", 1)]),
        (field("x", "boolean"), (True, False, True), [("Yes", 2), ("No", 1)]),
        (field("x", "long_text"), ("A", "A"), []),
        (field("x", unique=True), ("A", "B"), []),
    ],
)
def test_the_most_frequent_values_are_told_as_people_read_them(
    company: Any, definition: Any, values: Any, top: Any
) -> None:
    live_things(definition, *values)
    facts = insights.get().field_facts("thing", "x", user=seeing_all())
    assert facts is not None and list(facts.top) == top
