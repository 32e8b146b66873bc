"""Fields in the studio: added of every kind, changed, retyped, archived, restored, deleted."""

from typing import Any

import pytest

from crm_config import insights, publication
from crm_config.definitions import FieldDef
from crm_config.field_types import registry
from crm_config.insights import FieldFacts, Insights, RetypeImpact
from crm_config.live import live
from crm_config.models import Field, Role, User
from tests.cast import Cast, create
from tests.crm_config.studio import client_of, formset, raw_field, raw_role, raw_type, url

#: What kinds of field need to be told before they can be saved.
NEEDED: dict[str, dict[str, Any]] = {
    "link": {"option_targets": ["organisation"], "option_on_delete": "clear"},
    "formula": {
        "option_expression": "1 + 1",
        "option_result_type": "decimal",
    },
    "rollup": {"option_relation": "customer", "option_function": "count"},
    "lookup": {"option_link": "customer", "option_field": "headcount"},
    "auto_number": {"option_restart": "never"},
}


def choices(*rows: dict[str, Any], initial: int = 0) -> dict[str, Any]:
    numbered = ({"colour": "", "ORDER": n, **row} for n, row in enumerate(rows, start=1))
    return formset("choices", numbered, initial=initial)


def new_field(kind: str, **more: Any) -> dict[str, Any]:
    posted: dict[str, Any] = {"labels_en": "Extra", "key": "", **NEEDED.get(kind, {})}
    if registry.get(kind).has_choices:
        posted.update(choices({"labels_en": "First"}, {"labels_en": "Second"}))
    return {**posted, **more}


def add(cast: Cast, kind: str, **more: Any) -> Any:
    browser = client_of(cast.administrator)
    return browser.post(url("field_add", "deal", kind=kind), new_field(kind, **more))


def test_the_gallery_offers_every_kind(cast: Cast) -> None:
    page = client_of(cast.administrator).get(url("kinds", "deal")).content.decode()
    for kind in registry.all_types():
        assert f"?kind={kind}" in page


@pytest.mark.parametrize("kind", sorted(registry.all_types()))
def test_every_kind_can_be_added_and_published(cast: Cast, kind: str) -> None:
    shown = client_of(cast.administrator).get(url("field_add", "deal", kind=kind))
    assert shown.status_code == 200
    answer = add(cast, kind)
    assert answer.status_code == 302, answer.context["form"].errors
    assert raw_field("deal", "extra")["type"] == kind
    assert publication.check(publication.payload.dump()) == []
    assert client_of(cast.administrator).get(url("field", "deal", "extra")).status_code == 200


def test_from_a_new_field_to_form_and_list_in_two_steps(cast: Cast) -> None:
    browser = client_of(cast.administrator)
    answer = browser.post(
        url("field_add", "deal", kind="integer"), new_field("integer", in_list="on")
    )
    page = browser.get(answer.url)
    assert b"1 unpublished" in page.content or b"2 unpublished" in page.content
    browser.post(url("review"), {"decision": "publish", "reason": ""})
    deal = live().types["deal"]
    assert "extra" in deal.fields
    assert deal.columns[-1] == "extra"


def test_a_key_is_proposed_in_any_script_and_never_taken_twice(cast: Cast) -> None:
    add(cast, "text", labels_en="", labels_el="Ποσό πελάτη")
    assert raw_field("deal", "poso_pelati")["labels"] == {"el": "Ποσό πελάτη"}
    add(cast, "text", labels_en="Amount")
    assert raw_field("deal", "amount_2")


@pytest.mark.parametrize(
    ("kind", "wrong", "message"),
    [
        ("text", {"labels_en": ""}, "Give it a name."),
        ("text", {"key": "amount"}, "Another field of this type has this key."),
        ("text", {"key": "owner"}, "Every record has a field of this key already."),
        ("text", {"key": "No"}, "Use small letters"),
        ("text", {"option_regex": "("}, "not a regular expression"),
        ("text", {"option_min_length": "9", "option_max_length": "3"}, "greater than the longest"),
        ("text", {"option_max_length": "100000"}, "less than or equal to 500"),
        ("text", {"default": "x" * 501}, "at most 500"),
        ("link", {"option_targets": []}, "This field is required"),
        ("formula", {"option_expression": ""}, "This field is required"),
        ("rollup", {"option_where": "{"}, "This is not JSON"),
        ("rollup", {"option_where": "[]"}, "Give a condition, such as"),
    ],
)
def test_what_cannot_be_published_is_refused_in_place(
    cast: Cast, kind: str, wrong: dict[str, Any], message: str
) -> None:
    page = add(cast, kind, help_en="Typed help", **wrong)
    assert page.status_code == 200
    text = page.content.decode()
    assert message in text
    assert "Typed help" in text
    assert not Field.objects.filter(help__en="Typed help").exists()


def test_options_come_from_the_specs_and_only_what_differs_is_kept(cast: Cast) -> None:
    add(cast, "text", option_max_length="500", option_min_length="2", option_regex_message_en="No")
    assert raw_field("deal", "extra")["options"] == {
        "min_length": 2,
        "regex_message": {"en": "No"},
    }


def test_flags_and_default_are_kept(cast: Cast) -> None:
    add(cast, "date", required="on", sortable="on", default_dynamic="today")
    raw = raw_field("deal", "extra")
    assert raw["required"] is True
    assert raw["default"] == {"dynamic": "today"}
    add(cast, "integer", key="size", default="7")
    assert raw_field("deal", "size")["default"] == 7
    page = client_of(cast.administrator).get(url("field", "deal", "size")).content.decode()
    assert 'value="7"' in page


def test_a_choice_takes_names_colours_order_and_a_default(cast: Cast) -> None:
    rows = choices(
        {"labels_en": "Cold", "colour": "blue", "ORDER": 2},
        {"labels_en": "Hot", "colour": "red", "ORDER": 1, "preset": "on"},
        {"labels_en": "Gone", "ORDER": 3, "DELETE": "on"},
    )
    answer = add(cast, "choice", **rows)
    assert answer.status_code == 302, answer.context["form"].errors
    raw = raw_field("deal", "extra")
    assert raw["choices"] == [
        {"key": "hot", "labels": {"en": "Hot"}, "colour": "red"},
        {"key": "cold", "labels": {"en": "Cold"}, "colour": "blue"},
    ]
    assert raw["default"] == "hot"


def test_two_defaults_of_one_choice_are_refused(cast: Cast) -> None:
    rows = choices({"labels_en": "One", "preset": "on"}, {"labels_en": "Two", "preset": "on"})
    assert b"Only one option can be the default." in add(cast, "choice", **rows).content
    answer = add(cast, "multi_choice", **rows)
    assert answer.status_code == 302
    assert raw_field("deal", "extra")["default"] == ["one", "two"]


def test_an_option_without_a_name_is_refused_and_the_rest_kept(cast: Cast) -> None:
    page = add(cast, "choice", **choices({"labels_en": "Kept"}, {"labels_en": "", "key": "empty"}))
    assert page.status_code == 200
    assert b'value="Kept"' in page.content
    assert b"Give it a name." in page.content


def test_a_row_left_blank_is_no_option(cast: Cast) -> None:
    answer = add(cast, "choice", **choices({"labels_en": "Kept"}, {"labels_en": ""}))
    assert answer.status_code == 302
    assert [c["key"] for c in raw_field("deal", "extra")["choices"]] == ["kept"]


def test_each_option_says_how_many_records_hold_it(cast: Cast) -> None:
    create("organisation", name="One", sector="it")
    create("organisation", name="Two", sector="it")
    page = client_of(cast.administrator).get(url("field", "organisation", "sector"))
    assert [form.record_count for form in page.context["choices"].forms][:1] == [2]
    assert "2 records" in page.content.decode()


def test_published_options_are_renamed_and_archived_but_not_taken_away(cast: Cast) -> None:
    browser = client_of(cast.administrator)
    rows = choices(
        {"known": "hot", "labels_en": "Very hot"},
        {"known": "new", "labels_en": "New", "retired": "on"},
        {"known": "big", "labels_en": "Big", "DELETE": "on"},
        initial=3,
    )
    answer = browser.post(url("field", "deal", "tags"), {"labels_en": "Tags", **rows})
    assert answer.status_code == 302, answer.context["form"].errors
    kept = {c["key"]: c for c in raw_field("deal", "tags")["choices"]}
    assert set(kept) == {"hot", "new", "big"}
    assert kept["hot"]["labels"]["en"] == "Very hot"
    assert kept["new"]["retired"] is True


def test_changing_a_field_changes_what_was_said_and_nothing_else(cast: Cast) -> None:
    before = raw_type("deal")
    posted = {"labels_en": "Worth", "filterable": "on", "sortable": "on", "required": "on"}
    client_of(cast.administrator).post(url("field", "deal", "amount"), posted)
    after = raw_type("deal")
    assert raw_field("deal", "amount")["labels"]["en"] == "Worth"
    assert raw_field("deal", "amount")["required"] is True
    others = lambda raw: [f for f in raw["fields"] if f["key"] != "amount"]  # noqa: E731
    assert others(after) == others(before)


def test_a_field_is_archived_leaves_the_list_and_comes_back(cast: Cast) -> None:
    browser = client_of(cast.administrator)
    browser.post(url("field_archive", "deal", "amount"))
    assert raw_field("deal", "amount")["retired"] is True
    assert "amount" not in raw_type("deal")["columns"]
    assert publication.check(publication.payload.dump()) == []
    assert b"1 archived field" in browser.get(url("type", "deal")).content
    browser.post(url("field_restore", "deal", "amount"))
    assert "retired" not in raw_field("deal", "amount")


def test_rights_on_an_archived_field_wait_for_it(cast: Cast) -> None:
    client_of(cast.administrator).post(url("field_archive", "organisation", "margin"))
    assert raw_role("sales")["fields"]
    publication.publish(user=cast.administrator)
    assert live().types["organisation"].fields["margin"].retired


def test_a_field_in_use_is_neither_archived_nor_deleted(cast: Cast) -> None:
    browser = client_of(cast.administrator)
    for name in ("field_archive", "field_delete"):
        page = browser.get(url(name, "deal", "name")).content.decode()
        assert "Something else uses it" in page
        assert "Deal › Title" in page
        browser.post(url(name, "deal", "name"), {"confirmation": "name"})
    assert "retired" not in raw_field("deal", "name")


def test_deleting_a_published_field_asks_for_its_key(cast: Cast) -> None:
    browser = client_of(cast.administrator)
    page = browser.get(url("field_delete", "organisation", "margin")).content.decode()
    assert "Type margin to confirm" in page
    assert "field rights" in page
    browser.post(url("field_delete", "organisation", "margin"), {"confirmation": "no"})
    assert raw_field("organisation", "margin")
    browser.post(url("field_delete", "organisation", "margin"), {"confirmation": "margin"})
    assert not Field.objects.filter(record_type__key="organisation", key="margin").exists()
    assert not Role.objects.get(key="sales").field_grants.exists()
    assert publication.check(publication.payload.dump()) == []


def test_an_unpublished_field_is_deleted_by_one_click(cast: Cast) -> None:
    add(cast, "text")
    browser = client_of(cast.administrator)
    assert b"confirmation" not in browser.get(url("field_delete", "deal", "extra")).content
    browser.post(url("field_delete", "deal", "extra"))
    assert not Field.objects.filter(key="extra").exists()


class _Live(Insights):
    def field_facts(self, record_type: str, key: str, *, user: User | None) -> FieldFacts:
        return FieldFacts(total=50, filled=41, top=[("Retail", 20)])

    def retype_impact(
        self, record_type: str, key: str, to: FieldDef, *, user: User | None
    ) -> RetypeImpact:
        return RetypeImpact(kept=40, lost=1, samples=[("many", f"not {to.type.key}")])


def test_live_data_are_shown_where_an_app_knows_them(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = client_of(cast.administrator)
    assert b"No live data" in browser.get(url("field", "organisation", "code")).content
    monkeypatch.setattr(insights, "_registered", [_Live()])
    page = browser.get(url("field", "organisation", "code")).content.decode()
    assert "Filled in 82 %" in page
    assert "Retail" in page
    archive = browser.get(url("field_archive", "organisation", "code")).content.decode()
    assert "41 records have a value in it (82 % of all)." in archive


def test_retyping_shows_first_what_it_does(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(insights, "_registered", [_Live()])
    browser = client_of(cast.administrator)
    page = browser.get(url("field_retype", "organisation", "code", kind="integer"))
    text = page.content.decode()
    assert "40 values convert." in text
    assert "1 value does not: it is kept aside." in text
    assert "not integer" in text
    assert raw_field("organisation", "code")["type"] == "text"
    browser.post(url("field_retype", "organisation", "code"), {"kind": "integer"})
    assert raw_field("organisation", "code")["type"] == "integer"


def test_retyping_drops_what_the_new_kind_does_not_know(cast: Cast) -> None:
    browser = client_of(cast.administrator)
    browser.post(url("field_retype", "deal", "tags"), {"kind": "long_text"})
    raw = raw_field("deal", "tags")
    assert raw["type"] == "long_text"
    assert "choices" not in raw
    assert publication.check(publication.payload.dump()) == []


def test_a_field_that_is_not_there_is_not_found(cast: Cast) -> None:
    browser = client_of(cast.administrator)
    assert browser.get(url("field", "deal", "nothing")).status_code == 404
    assert browser.get(url("field_add", "deal", kind="nothing")).status_code == 404
    assert browser.get(url("type", "nothing")).status_code == 404
