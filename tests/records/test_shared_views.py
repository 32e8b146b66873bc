"""Saved views that others share: what a visitor may not see of them is neither told nor passed over."""

import pytest

from records.models import SavedView
from tests.cast import Cast, create
from tests.crm_config.segments import HIGH_MARGIN, IT, publish, segment
from tests.records.screens import browser, text_of, url

pytestmark = pytest.mark.django_db

SECRET = {"field": "margin", "op": "gte", "value": 4711}
DEEP = {"any": [IT, {"not": {"field": "margin", "op": "eq", "value": 4711}}]}


def shared(cast: Cast, **query: object) -> SavedView:
    return SavedView.objects.create(
        type="organisation", name="Rich", owner=cast.administrator, shared=True, query=query
    )


@pytest.fixture
def some(cast: Cast) -> Cast:
    for name, sector in (("Alpha", "it"), ("Beta", "retail")):
        create(
            "organisation",
            name=name,
            sector=sector,
            margin=5000,
            owner=cast.owner.pk,
            team=cast.north.pk,
        )
    return cast


@pytest.mark.parametrize("part", [SECRET, DEEP])
def test_a_part_about_a_hidden_field_is_marked_and_not_told(some: Cast, part: object) -> None:
    view = shared(some, where={"all": [IT, part]}, sort="-margin", columns=["title", "margin"])
    client = browser(some.owner)
    shown = client.get(url("list", "organisation", view=view.pk))
    page = text_of(shown)
    assert "margin" not in page.lower() and "4711" not in page
    assert shown.context["problem"] and not shown.context["rows"]
    assert [bool(chip.problem) for chip in shown.context["chips"]] == [False, True]
    assert not shown.context["view_changed"]
    for name in ("filter", "advanced_filter", "columns", "save_view"):
        asked = text_of(client.get(shown.context["urls"][name]))
        assert "margin" not in asked.lower() and "4711" not in asked
        asked = text_of(client.get(url(name, "organisation", view=view.pk)))
        assert "margin" not in asked.lower() and "4711" not in asked
    usable = client.get(shown.context["urls"]["usable"])
    assert [row.record.title for row in usable.context["rows"]] == ["Alpha"]


def test_a_segment_that_is_not_for_the_visitor_is_not_named(cast: Cast) -> None:
    publish(segment("top_secret", HIGH_MARGIN))
    view = shared(cast, where={"segment": "top_secret"})
    shown = browser(cast.owner).get(url("list", "organisation", view=view.pk))
    assert "top_secret" not in text_of(shown) and "Top secret" not in text_of(shown)
    assert shown.context["problem"]


def test_whoever_may_see_it_all_gets_the_view_as_it_was_saved(some: Cast) -> None:
    view = shared(some, where={"all": [IT, SECRET]}, sort="-margin", columns=["title", "margin"])
    for user in (some.administrator, some.manager):
        shown = browser(user).get(url("list", "organisation", view=view.pk))
        assert shown.context["state"].where == {"all": [IT, SECRET]}
        assert shown.context["state"].sort == "-margin"
        assert [row.record.title for row in shown.context["rows"]] == ["Alpha"]


def test_nothing_comes_of_a_filter_with_such_a_part(some: Cast) -> None:
    """Neither counted, nor exported, nor shown on a board."""
    view = shared(some, where={"any": [IT, SECRET]})
    client = browser(some.manager)
    assert client.get(url("count", "organisation", view=view.pk)).status_code == 200
    assert browser(some.owner).get(url("count", "organisation", view=view.pk)).status_code == 400
