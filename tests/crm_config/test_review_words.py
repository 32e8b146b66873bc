"""Each kind of difference has a sentence that a person understands, whatever the section."""

from copy import deepcopy
from typing import Any

import pytest
from django.utils.translation import override

from crm_config import words
from crm_config.diff import diff
from crm_config.words import Vocabulary, place
from tests.company import field, option, organisation, record_type, role, small_company


def told(change: Any) -> list[str]:
    """The sentences for what `change` does to the small company's payload."""
    before, after = small_company(), deepcopy(small_company())
    change(after)
    groups = words.in_words(diff(before, after), before, after)
    return [f"{g.name}: {c.sentence}" for g in groups for c in g.changes]


def type_of(payload: dict[str, Any], key: str) -> dict[str, Any]:
    return next(t for t in payload["record_types"] if t["key"] == key)


def field_of(payload: dict[str, Any], record_type: str, key: str) -> dict[str, Any]:
    return next(f for f in type_of(payload, record_type)["fields"] if f["key"] == key)


def role_of(payload: dict[str, Any], key: str) -> dict[str, Any]:
    return next(r for r in payload["roles"] if r["key"] == key)


def set_type(key: str, **values: Any) -> Any:
    return lambda payload: type_of(payload, key).update(values)


def set_field(record_type: str, key: str, **values: Any) -> Any:
    return lambda payload: field_of(payload, record_type, key).update(values)


def set_choices(*choices: dict[str, Any]) -> Any:
    return lambda payload: field_of(payload, "organisation", "sector").update(choices=list(choices))


IT, RETAIL, OLD = option("it"), option("retail"), option("old", retired=True)

TYPES = [
    (
        lambda p: p["record_types"].append(record_type("machine", field("name"))),
        "Machine: The record type is added, with 1 field.",
    ),
    (lambda p: p["record_types"].pop(0), "Organisation: The record type is removed."),
    (
        set_type("deal", labels={"en": "Opportunity"}),
        "Opportunity: It is called “Opportunity” instead of “Deal”.",
    ),
    (
        set_type("deal", labels={"en": "Deal", "el": "Ευκαιρία"}),
        "Deal: Its name changes in “Greek”.",
    ),
    (set_type("deal", plural={"en": "Bids"}), "Deal: Its plural is “Bids” instead of “Deals”."),
    (set_type("deal", icon="star"), "Deal: Its icon becomes “star”."),
    (set_type("deal", columns=["title", "owner"]), "Deal: Its list shows “Title, Owner”."),
    (
        set_type("deal", sort=["-amount", "title"]),
        "Deal: Its list is sorted by “Amount, descending; Title”.",
    ),
    (set_type("deal", traits=["deal"]), "Deal: Its traits become “Deal”."),
    (set_type("deal", retired=True), "Deal: The record type is archived."),
    (set_type("deal", description={"en": "x"}), "Deal: Its description changes."),
    (
        set_type("deal", sections=[{"key": "money", "labels": {"en": "Money"}}]),
        "Deal: The section “Money” is added.",
    ),
]
FIELDS = [
    (
        lambda p: type_of(p, "deal")["fields"].append(field("reason", "choice")),
        "Deal: The field “Reason” is added: “Choice”.",
    ),
    (lambda p: type_of(p, "deal")["fields"].pop(1), "Deal: The field “Amount” is removed."),
    (
        set_field("deal", "amount", labels={"en": "Worth"}),
        "Deal: The field “Amount” is called “Worth”.",
    ),
    (
        set_field("deal", "amount", labels={"en": "Amount", "el": "Ποσό"}),
        "Deal: The name of the field “Amount” changes in “Greek”.",
    ),
    (
        set_field("deal", "close_date", type="datetime"),
        "Deal: The field “Close date” changes its kind from “Date” to “Date and time”.",
    ),
    (set_field("deal", "amount", required=True), "Deal: The field “Amount” becomes required."),
    (
        set_field("organisation", "name", required=False),
        "Organisation: The field “Name” is no longer required.",
    ),
    (
        set_field("deal", "name", unique=True),
        "Deal: The field “Name” must be unique from now on.",
    ),
    (
        set_field("deal", "amount", retired=True),
        "Deal: The field “Amount” is archived; its values are kept.",
    ),
    (
        set_field("deal", "name", personal=True),
        "Deal: The field “Name” counts as personal data.",
    ),
    (
        set_field("deal", "name", options={"max_length": 50}),
        "Deal: The settings of the field “Name” change.",
    ),
    (
        set_field(
            "person",
            "company",
            options={"targets": ["deal"], "reverse_key": "people", "on_delete": "clear"},
        ),
        "Person: “Record types” of the field “Company” becomes “deal”.",
    ),
    (
        set_field("deal", "won", default=True),
        "Deal: New records start with “yes” in the field “Won”.",
    ),
    (set_field("deal", "won", help={"en": "?"}), "Deal: The help of the field “Won” changes."),
    (
        lambda p: type_of(p, "deal")["fields"].reverse(),
        "Deal: The order of its fields changes.",
    ),
]
OPTIONS = [
    (
        set_choices(IT, RETAIL, OLD, option("farm")),
        "Organisation: “Sector” gets the option “Farm”.",
    ),
    (set_choices(IT, OLD), "Organisation: “Sector” loses the option “Retail”."),
    (
        set_choices({**IT, "labels": {"en": "Software"}}, RETAIL, OLD),
        "Organisation: The option “It” of “Sector” is called “Software”.",
    ),
    (
        set_choices({**IT, "colour": "blue"}, RETAIL, OLD),
        "Organisation: The option “It” of “Sector” changes its colour.",
    ),
    (
        set_choices({**IT, "retired": True}, RETAIL, OLD),
        "Organisation: The option “It” of “Sector” is archived.",
    ),
    (
        set_choices(RETAIL, IT, OLD),
        "Organisation: The order of the options of “Sector” changes.",
    ),
]
ROLES = [
    (lambda p: p["roles"].append(role("intern", "own", "deal")), "Intern: The role is added."),
    (lambda p: p["roles"].pop(), "Support: The role is removed."),
    (
        lambda p: role_of(p, "support").update(administers=True),
        "Support: Its members may change and publish the configuration from now on.",
    ),
    (
        lambda p: role_of(p, "support")["grants"].pop(0),
        "Support: “View” is no longer granted on “Organisation”.",
    ),
    (
        lambda p: role_of(p, "support")["grants"][0].update(scope="all"),
        "Support: “View” on “Organisation” reaches “all” instead of “team”.",
    ),
    (
        lambda p: role_of(p, "support")["grants"].append(
            {"type": "deal", "action": "export", "scope": "own"}
        ),
        "Support: “Export” is granted on “Deal”: “own”.",
    ),
    (
        lambda p: role_of(p, "sales")["fields"][0].update(access="read"),
        "Sales: The field “Margin” of “Organisation” can be read, not changed.",
    ),
    (
        lambda p: role_of(p, "sales")["fields"].clear(),
        "Sales: The field “Margin” of “Organisation” has no right of its own any more: the record's hold.",
    ),
]
COMPANY = [
    (
        lambda p: p["company"].update(name="New"),
        "Company: The company is called “New” instead of “Test”.",
    ),
    (lambda p: p["company"].update(time_zone="UTC"), "Company: The time zone becomes “UTC”."),
    (
        lambda p: p["company"].update(languages=["en", "pl"]),
        "Company: The languages become “English, Polish”.",
    ),
    (
        lambda p: p["company"].update(two_person=True),
        "Company: A second person must approve before something is published.",
    ),
]


@pytest.mark.parametrize(("change", "sentence"), TYPES + FIELDS + OPTIONS + ROLES + COMPANY)
def test_a_difference_in_words(change: Any, sentence: str) -> None:
    assert sentence in told(change)


def test_what_was_and_what_will_be_are_told_too() -> None:
    before, after = small_company(), small_company()
    field_of(after, "organisation", "sector")["choices"].reverse()
    set_type("deal", sort=["-amount"])(after)
    groups = words.in_words(diff(before, after), before, after)
    shown = {(c.before, c.after) for g in groups for c in g.changes}
    assert ("It, Retail, Old", "Old, Retail, It") in shown
    assert ("–", "Amount, descending") in shown


def test_what_administrators_typed_is_escaped_on_screens() -> None:
    before, after = small_company(), small_company()
    set_field("deal", "amount", labels={"en": "<b>A</b> {x}"}, required=True)(after)
    (group,) = words.in_words(diff(before, after), before, after)
    html = [change.sentence.html for change in group.changes]
    assert any("<strong>&lt;b&gt;A&lt;/b&gt; {x}</strong>" in sentence for sentence in html)
    assert not any("<b>" in sentence for sentence in html)


def test_names_are_in_the_readers_language() -> None:
    after = small_company()
    type_of(after, "deal")["labels"] = {"en": "Deal", "el": "Ευκαιρία"}
    with override("el"):
        assert place(("record_types", "deal", "fields", "amount"), Vocabulary.of(after)) == (
            "Ευκαιρία › Amount"
        )


@pytest.mark.parametrize(
    ("path", "name"),
    [
        (("record_types", "deal"), "Deal"),
        (("record_types", "deal", "columns"), "Deal › Columns"),
        (
            ("record_types", "organisation", "fields", "sector", "choices", "it"),
            "Organisation › Sector › It",
        ),
        (("roles", "sales"), "Sales"),
        (("company", "time_zone"), "Company › Time zone"),
        (("record_types", "nothing"), "nothing"),
    ],
)
def test_places_have_names(path: tuple[str, ...], name: str) -> None:
    assert place(path, Vocabulary.of(small_company())) == name


def test_a_section_nobody_words_is_told_plainly() -> None:
    before = {"format": 1, "robots": [{"key": "one", "labels": {"en": "First"}, "speed": 1}]}
    after = {
        "format": 1,
        "robots": [
            {"key": "one", "labels": {"en": "First"}, "speed": 2},
            {"key": "two", "labels": {"en": "Second"}},
        ],
    }
    groups = words.in_words(diff(before, after), before, after)
    told = [f"{g.section} / {g.name}: {c.sentence}" for g in groups for c in g.changes]
    assert told == [
        "Robots / First: “Speed” of “First” changes.",
        "Robots / Second: “Second” is added.",
    ]


def test_the_first_publication_is_told() -> None:
    after = {**small_company(), "record_types": [organisation()], "roles": []}
    groups = words.in_words(diff({"format": 1}, after), {"format": 1}, after)
    assert [str(c.sentence) for g in groups for c in g.changes] == [
        "The settings of the company are set.",
        "The record type is added, with 6 fields.",
    ]
