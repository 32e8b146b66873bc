"""What the builder asks the server: rows drawn, fields found, and what the rows come to, for whoever asks."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from crm_config.models import RecordType, User
from crm_config.working_copy import fields
from records.builder.sheet import BadShape
from tests import company as small
from tests.cast import Cast, create
from tests.records.builder import desk, dumped, node, posted, shape
from tests.records.screens import browser, text_of

pytestmark = pytest.mark.django_db

BIG = {"field": "headcount", "op": "gte", "value": 10}
PAIR = {"all": [BIG, {"field": "sector", "op": "in", "value": ["it"]}]}


def ask(user: User, name: str, data: dict[str, Any], **more: Any) -> Any:
    purpose, record_type = more.pop("purpose", "filter"), more.pop("type", "organisation")
    address = reverse(f"conditions:{name}", args=[purpose, record_type])
    return browser(user).post(address, {**data, "builder": "where", **more})


def labels(user: User, data: dict[str, Any], q: str = "", **more: Any) -> list[str]:
    more.setdefault("at", shape(data).id)
    return [o["label"] for o in ask(user, "fields", data, q=q, **more).json()["offers"]]


def check(user: User, data: dict[str, Any], **more: Any) -> Any:
    return ask(user, "check", data, **more).json()


# -- what a row can be about


def test_fields_relations_and_ways_further_are_offered_at_hand(cast: Cast) -> None:
    offered = labels(cast.owner, posted(None, desk(cast.owner)))
    assert {"Headcount", "Sector", "Owner", "Created", "Deals", "Persons"} <= set(offered)
    assert "Margin" not in offered and "Notes" not in offered


def test_typing_finds_fields_over_one_and_two_links(cast: Cast) -> None:
    data = posted(None, desk(cast.owner, "person"))
    assert labels(cast.owner, data, "compan sect", type="person") == ["Company › Sector"]
    assert labels(cast.owner, data, "Company › ", type="person")[0] == "Company"
    assert labels(cast.owner, data, "no such thing", type="person") == []


def test_what_is_offered_fits_the_place(cast: Cast) -> None:
    data = posted({"related": "deals", "some": True}, desk(cast.owner))
    frame = shape(data).parts[0].parts[0].id
    offered = labels(cast.owner, data, at=frame)
    assert "Amount" in offered and "Headcount" not in offered


def test_rules_are_offered_every_field_and_those_of_the_working_copy(cast: Cast) -> None:
    row = RecordType.objects.get(key="organisation")
    fields.add_field(row, {"key": "fresh", "type": "text", "labels": {"en": "Fresh"}})
    data = posted(None, desk(cast.administrator))
    offered = labels(cast.administrator, data, purpose="rule")
    assert {"Margin", "Notes", "Fresh"} <= set(offered)
    assert "Fresh" not in labels(cast.administrator, data)


def test_changes_are_offered_only_to_triggers(cast: Cast) -> None:
    data = posted(None, desk(cast.administrator))
    assert "Sector has changed" in labels(cast.administrator, data, purpose="trigger")
    assert "Sector has changed" not in labels(cast.administrator, data, purpose="rule")


def test_computed_fields_ask_about_the_records_own_fields_alone(cast: Cast) -> None:
    data = posted(None, desk(cast.administrator, "person"))
    offered = labels(cast.administrator, data, purpose="computed", type="person")
    assert "Family name" in offered and not [each for each in offered if "›" in each]
    assert labels(cast.administrator, data, "sector", purpose="computed", type="person") == []


def test_only_fields_of_the_kind_are_offered_to_compare_with(cast: Cast) -> None:
    data = posted(
        {"field": "created_at", "op": "lt", "value": {"field": "modified_at"}}, desk(cast.owner)
    )
    assert labels(cast.owner, data, at=node(data, "field"), against="1") == ["Modified", "Archived"]


# -- rows


def test_a_copy_is_drawn_under_ids_of_its_own(cast: Cast) -> None:
    data = posted(PAIR, desk(cast.owner))
    first = shape(data).parts[0].id
    copy = text_of(ask(cast.owner, "rows", data, do="copy", at=first))
    assert 'value="10"' in copy and first not in copy


def test_a_row_takes_what_was_picked_and_another_operator_keeps_what_was_typed(cast: Cast) -> None:
    data = posted(BIG, desk(cast.owner))
    at = node(data, "field")
    picked = text_of(ask(cast.owner, "rows", data, do="pick", at=at, value="field:sector"))
    assert "Retail" in picked and "is one of" in picked and "error-message" in picked
    assert "aria-invalid" not in picked
    related = text_of(ask(cast.owner, "rows", data, do="pick", at=at, value="related:deals"))
    assert 'data-kind="related"' in related and "there is at least one" in related
    data[f"where-{at}-op"] = "lt"
    assert 'value="10"' in text_of(ask(cast.owner, "rows", data, do="draw", at=at))


def test_rows_are_made_from_json(cast: Cast) -> None:
    data = posted(None, desk(cast.owner))
    drawn = text_of(ask(cast.owner, "rows", data, do="json", text=dumped(PAIR)))
    assert drawn.count('data-kind="field"') == 2
    assert ask(cast.owner, "rows", data, do="json", text="{").json() == {
        "error": "This is not JSON."
    }


def test_undoing_draws_all_rows_as_they_were(cast: Cast) -> None:
    data = posted(PAIR, desk(cast.owner))
    data[f"where-{node(data, 'field')}-value"] = "half"
    drawn = text_of(ask(cast.owner, "rows", data, do="all"))
    assert 'value="half"' in drawn and drawn.count("<li") == 2


@pytest.mark.parametrize(
    "more",
    [
        {"do": "nonsense"},
        {"do": "copy"},
        {"do": "draw", "at": "elsewhere"},
        {"do": "pick", "value": "x"},
    ],
)
def test_what_the_builder_never_asks_is_refused(cast: Cast, more: dict[str, str]) -> None:
    data = posted(PAIR, desk(cast.owner))
    assert ask(cast.owner, "rows", data, **{"at": shape(data).id, **more}).status_code == 400
    assert ask(cast.owner, "check", {**data, "where-shape": "{"}).status_code == 400
    assert issubclass(BadShape, ValueError)


# -- what they come to


def test_the_sentence_the_count_and_the_first_that_match(cast: Cast) -> None:
    for number in range(7):
        create("organisation", name=f"Big {number}", headcount=10 + number, owner=cast.owner.pk)
    create("organisation", name="Small", headcount=1, owner=cast.owner.pk)
    create("organisation", name="Theirs", headcount=99, owner=cast.stranger.pk)
    found = check(cast.owner, posted(BIG, desk(cast.owner)))
    assert json.loads(found["json"]) == BIG and found["faults"] == []
    assert "Headcount is at least 10." in found["html"]
    assert "7 records match" in found["html"] and found["html"].count("<li>") == 5
    assert (
        "Big 6" in found["html"] and "Theirs" not in found["html"] and "Small" not in found["html"]
    )


def test_names_stand_in_the_sentence_also_inside_relations(cast: Cast) -> None:
    alpha = create("organisation", name="Alpha", owner=cast.owner.pk)
    raw = {
        "related": "customer",
        "where": {"field": "owner", "op": "eq", "value": cast.owner.pk},
        "some": True,
    }
    both = {"all": [raw, {"field": "customer", "op": "linked_to", "value": [alpha]}]}
    said = check(cast.owner, posted(both, desk(cast.owner, "deal")), type="deal")["html"]
    assert "Owner is Owner" in said and "Alpha" in said


def test_what_is_wrong_is_told_at_its_row(cast: Cast) -> None:
    wrong = {
        "any": [
            {"field": "sector", "op": "eq", "value": "farming"},
            {"field": "margin", "op": "is_set"},
            BIG,
        ]
    }
    data = posted(wrong, desk(cast.owner))
    number = shape(data).parts[2].id
    data[f"where-{number}-value"] = ""
    found = check(cast.owner, data)
    assert {fault["id"] for fault in found["faults"]} == {n.id for n in shape(data).parts}
    assert "Not complete yet" in found["html"]


def test_json_is_checked_with_the_places_of_what_is_wrong(cast: Cast) -> None:
    wrong = {"any": [{"field": "sector", "op": "eq", "value": "farming"}]}
    data = {"where": dumped(wrong), "where-mode": "json", "where-shape": ""}
    found = check(cast.owner, data)
    assert found["json"] is None and "<code>any[0].value</code>" in found["html"]
    assert "Headcount is at least 10." in check(cast.owner, {**data, "where": dumped(BIG)})["html"]


def test_what_cannot_be_counted_says_why(cast: Cast) -> None:
    changed = posted({"changed": "sector"}, desk(cast.administrator, purpose="trigger"))
    assert "cannot be counted" in check(cast.administrator, changed, purpose="trigger")["html"]
    nothing = posted(None, desk(cast.owner))
    assert "No condition yet" in check(cast.owner, nothing)["html"]


def test_a_rule_that_is_tried_tells_no_more_than_its_author_sees(cast: Cast) -> None:
    """Administrators may name every field in rules, which a second person approves; trying one is no way round."""
    create("organisation", name="Rich", margin=99, owner=cast.owner.pk)
    company = small.small_company()
    next(r for r in company["roles"] if r["key"] == "sales")["administers"] = True
    small.publish(company=company)
    secret = posted({"field": "margin", "op": "gte", "value": 50}, desk(cast.owner, purpose="rule"))
    said = check(cast.owner, secret, purpose="rule")
    assert json.loads(said["json"])["field"] == "margin" and "may not read" in said["html"]
    assert "Rich" not in said["html"] and "1 record" not in said["html"]
    assert "Rich" in check(cast.administrator, secret, purpose="rule")["html"]


# -- who


def test_rules_are_for_administrators_and_filters_for_whoever_sees_the_type(cast: Cast) -> None:
    data = posted(BIG, desk(cast.owner))
    for purpose in ("rule", "trigger", "computed"):
        assert ask(cast.owner, "check", data, purpose=purpose).status_code == 302
        assert ask(cast.administrator, "check", data, purpose=purpose).status_code == 200
    assert ask(cast.administrator, "check", data, purpose="nonsense").status_code == 404
    assert ask(cast.administrator, "check", data, type="nonsense").status_code == 404
    assert ask(cast.outsider, "check", data).status_code in (302, 404)
    assert (
        Client().post(reverse("conditions:check", args=["filter", "organisation"])).status_code
        == 302
    )


def test_a_check_is_a_few_queries_whatever_the_number_of_rows(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    create("organisation", name="Alpha", headcount=20, owner=cast.owner.pk)
    many = {
        "all": [BIG, *({"field": "owner", "op": "in", "value": [cast.owner.pk]} for _ in range(20))]
    }
    data = posted(many, desk(cast.owner))
    ask(cast.owner, "check", data)
    client = browser(cast.owner)
    address = reverse("conditions:check", args=["filter", "organisation"])
    with django_assert_max_num_queries(14):
        client.post(address, {**data, "builder": "where"})
