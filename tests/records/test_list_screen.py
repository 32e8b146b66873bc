"""The list of a type, as staff use it."""

import pytest

from records.models import SavedView
from tests.cast import Cast, create
from tests.kept import kept
from tests.records.screens import PART, browser, text_of, url

pytestmark = pytest.mark.django_db

BIG = {"field": "headcount", "op": "gte", "value": 10}


@kept
def some(cast: Cast) -> Cast:
    create(
        "organisation",
        name="Alpha",
        headcount=5,
        owner=cast.owner.pk,
        team=cast.north.pk,
        margin=918273,
    )
    create("organisation", name="Beta", headcount=50, owner=cast.owner.pk, sector="retail")
    create("organisation", name="Gamma", owner=cast.stranger.pk)
    return cast


def titles(response) -> list[str]:
    return [row.record.title for row in response.context["rows"]]


def test_everybody_gets_what_concerns_them(some: Cast) -> None:
    seen = {
        name: titles(browser(user).get(url("list", "organisation")))
        for name, user in some.everyone().items()
        if name != "outsider"
    }
    assert seen["administrator"] == ["Alpha", "Beta", "Gamma"]
    assert seen["owner"] == ["Alpha", "Beta"]
    assert seen["stranger"] == ["Gamma"]


def test_an_unknown_type_and_one_without_rights_are_not_there(some: Cast) -> None:
    assert browser(some.owner).get(url("list", "nothing")).status_code == 404
    assert browser(some.outsider).get(url("list", "organisation")).status_code == 302


def test_the_address_holds_filter_sort_search_and_columns(some: Cast) -> None:
    client = browser(some.owner)
    shown = client.get(
        url("list", "organisation", where=BIG, sort="-title", columns="title,sector")
    )
    assert titles(shown) == ["Beta"]
    assert "Headcount ≥ 10" in text_of(shown) or "Headcount" in shown.context["chips"][0].words
    assert [h.field.key for h in shown.context["headings"]] == ["title", "sector"]
    assert titles(client.get(url("list", "organisation", q="alph"))) == ["Alpha"]
    assert titles(client.get(url("list", "organisation", sort="-title"))) == ["Beta", "Alpha"]


def test_a_chip_takes_its_part_away_and_keeps_the_others(some: Cast) -> None:
    where = {"all": [BIG, {"field": "sector", "op": "eq", "value": "retail"}]}
    client = browser(some.owner)
    chips = client.get(url("list", "organisation", where=where)).context["chips"]
    assert len(chips) == 2
    rest = client.get(chips[0].remove_url)
    assert [chip.words for chip in rest.context["chips"]] == [chips[1].words]


def test_a_broken_filter_is_shown_and_can_be_cleared(some: Cast) -> None:
    client = browser(some.owner)
    for where in (
        {"field": "margin", "op": "eq", "value": 918273},
        {"field": "nothing"},
        "nonsense",
    ):
        shown = client.get(url("list", "organisation", where=where))
        assert shown.status_code == 200 and titles(shown) == []
        assert shown.context["problem"] and "918273" not in shown.context["problem"]
        assert titles(client.get(shown.context["urls"]["clear"])) == ["Alpha", "Beta"]
    unread = client.get(f"{url('list', 'organisation')}?where=%7Bbroken")
    assert unread.status_code == 200 and unread.context["chips"][0].problem


def test_a_hidden_column_and_a_hidden_sort_show_nothing_of_the_field(some: Cast) -> None:
    shown = browser(some.owner).get(
        url("list", "organisation", columns="title,margin", sort="-margin")
    )
    assert [h.field.key for h in shown.context["headings"]] == ["title"]
    assert "918273" not in text_of(shown).split("<main")[1].split("r-table")[1]


def test_an_empty_list_offers_the_first_step(cast: Cast) -> None:
    client = browser(cast.owner)
    assert url("new", "deal") in text_of(client.get(url("list", "deal")))
    nothing = text_of(client.get(url("list", "deal", q="zzz")))
    assert "Clear filters" in nothing


def test_archived_ones_have_a_list_of_their_own(some: Cast) -> None:
    client = browser(some.administrator)
    pk = next(r.record.id for r in client.get(url("list", "organisation")).context["rows"])
    client.post(url("archive", pk))
    assert titles(client.get(url("list", "organisation"))) == ["Beta", "Gamma"]
    assert titles(client.get(url("list", "organisation", archived=1))) == ["Alpha"]


def test_pages_lead_on_and_back(cast: Cast) -> None:
    for number in range(55):
        create("deal", name=f"D{number:02}", owner=cast.owner.pk)
    client = browser(cast.owner)
    first = client.get(url("list", "deal", sort="title"))
    assert first.context["count"].number == 55
    second = client.get(first.context["urls"]["next"])
    assert titles(second) == [f"D{n}" for n in range(50, 55)]
    assert titles(client.get(second.context["urls"]["previous"])) == titles(first)
    assert client.get(url("list", "deal", cursor="broken")).status_code == 302


def test_a_broken_filter_with_a_broken_sort_is_shown_too(some: Cast) -> None:
    asked = url("list", "organisation", where='{"field":"x","op":"eq","value":1}', sort="nothing")
    page = browser(some.owner).get(asked)
    assert page.status_code == 200 and "take the marked parts away" in text_of(page)


def test_a_filter_is_built_from_a_field_an_operator_and_a_value(some: Cast) -> None:
    client = browser(some.owner)
    offered = client.get(url("filter", "organisation"), **PART)
    paths = {target.path for target in offered.context["targets"]}
    assert {"name", "sector", "headcount", "owner"} <= paths and "margin" not in paths
    address = url("filter", "organisation", field="headcount", q="bet")
    assert "Headcount" in text_of(client.get(address, **PART))
    done = client.post(address, {"op": "gte", "value": "10"}, **PART)
    assert done.status_code == 204
    shown = client.get(done["X-Location"])
    assert titles(shown) == ["Beta"] and shown.context["state"].where == BIG
    assert shown.context["state"].search == "bet"


def test_a_filter_with_a_value_that_does_not_fit_is_asked_again(some: Cast) -> None:
    answer = browser(some.owner).post(
        url("filter", "organisation", field="headcount"), {"op": "gte", "value": "many"}, **PART
    )
    assert answer.status_code == 200 and answer.context["form"].errors["value"]


@pytest.mark.parametrize(
    ("field", "given", "value"),
    [
        ("sector", {"op": "in", "value": ["it", "retail"]}, ["it", "retail"]),
        ("owner", {"op": "eq", "value": "me"}, {"dynamic": "me"}),
        ("name", {"op": "contains", "value": "eta"}, "eta"),
        ("headcount", {"op": "between", "low": "1", "high": "60"}, [1, 60]),
        ("created_at", {"op": "within", "value_kind": "this_week"}, "this_week"),
        (
            "created_at",
            {"op": "gte", "value_kind": "ago", "value_number": "30"},
            {"dynamic": "today", "add": {"days": -30}},
        ),
        ("sector", {"op": "is_empty"}, None),
    ],
)
def test_each_kind_of_value_becomes_a_condition_and_comes_back(
    some: Cast, field: str, given: dict, value: object
) -> None:
    client = browser(some.owner)
    done = client.post(url("filter", "organisation", field=field), given, **PART)
    assert done.status_code == 204, text_of(done)
    shown = client.get(done["X-Location"])
    assert shown.context["state"].where.get("value") == value
    assert not shown.context["problem"]
    again = client.get(shown.context["chips"][0].edit_url, **PART)
    assert again.context["form"].operator.key == given["op"]


def test_columns_are_added_moved_and_taken_away(some: Cast) -> None:
    client = browser(some.owner)
    address = url("columns", "organisation")
    keys = {"columns": ["sector", "headcount"]}
    moved = client.post(address, {**keys, "down": "sector"}, **PART)
    assert [f.key for f in moved.context["shown"]] == ["headcount", "sector"]
    added = client.post(address, {**keys, "add": "code"}, **PART)
    assert [f.key for f in added.context["shown"]] == ["sector", "headcount", "code"]
    assert "margin" not in {f.key for f in added.context["others"]}
    done = client.post(address, {"columns": ["code", "margin"], "apply": "1"}, **PART)
    shown = client.get(done["X-Location"])
    assert [h.field.key for h in shown.context["headings"]] == ["title", "code"]


def test_views_are_saved_shared_opened_first_and_taken_away(some: Cast) -> None:
    client = browser(some.owner)
    saved = client.post(
        url("save_view", "organisation", where=BIG, sort="-title"),
        {"name": "Big ones", "shared": "on", "default": "on"},
        **PART,
    )
    assert titles(client.get(saved["X-Location"])) == ["Beta"]
    view = SavedView.objects.get()
    assert (view.owner, view.query) == (some.owner, {"where": BIG, "sort": "-title"})
    opened = client.get(url("list", "organisation"))
    assert opened.status_code == 302 and f"view={view.pk}" in opened["Location"]
    assert titles(client.get(url("list", "organisation", view="all"))) == ["Alpha", "Beta"]
    others = browser(some.stranger)
    assert others.get(url("list", "organisation")).status_code == 200
    assert titles(others.get(url("list", "organisation", view=view.pk))) == []
    assert (
        others.post(url("change_view", "organisation", view.pk), {"delete": "1"}).status_code == 404
    )
    client.post(url("change_view", "organisation", view.pk), {"delete": "1"})
    assert not SavedView.objects.exists()


def test_a_private_view_is_not_anothers(some: Cast) -> None:
    view = SavedView.objects.create(
        type="organisation", name="Mine", owner=some.owner, query={"where": BIG}
    )
    shown = browser(some.teammate).get(url("list", "organisation", view=view.pk))
    assert shown.context["saved_view"] is None and shown.context["saved_views"] == []


def test_counting_exactly_is_asked_for(some: Cast) -> None:
    client = browser(some.owner)
    assert text_of(client.get(url("count", "organisation"))) == "2 records"
    assert client.get(url("count", "organisation", where={"field": "x"})).status_code == 400


def test_the_menu_shows_the_types_one_may_see(some: Cast) -> None:
    assert url("list", "organisation") in text_of(browser(some.owner).get("/admin/"))
    some.outsider.user_permissions.add(*some.owner.groups.first().permissions.all())
    assert url("list", "organisation") not in text_of(browser(some.outsider).get("/admin/"))


def test_what_is_taken_away_from_a_saved_view_stays_away(some: Cast) -> None:
    view = SavedView.objects.create(
        type="organisation", name="Big", owner=some.owner, query={"where": BIG}
    )
    client = browser(some.owner)
    opened = client.get(url("list", "organisation", view=view.pk))
    assert titles(opened) == ["Beta"] and not opened.context["view_changed"]
    cleared = client.get(opened.context["chips"][0].remove_url)
    assert titles(cleared) == ["Alpha", "Beta"]
    assert cleared.context["saved_view"] == view and cleared.context["view_changed"]
    saved = client.post(cleared.context["urls"]["save_view"], {"replace": "1"}, **PART)
    assert titles(client.get(saved["X-Location"])) == ["Alpha", "Beta"]
