"""Who may use a segment, and what of it they see: never more than they see without it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from crm_config.live import live
from jobs.services import run_pending
from records.access import Access
from records.segments import selectors
from records.segments.rights import may_read_condition, sees_whole, usable
from tests.cast import Cast, create
from tests.crm_config.segments import HIGH_MARGIN, IT, publish, segment
from tests.kept import kept
from tests.records.screens import browser, text_of, url
from tests.records.segments import change, members_for, segment_named

pytestmark = pytest.mark.django_db

#: Sales may not read `margin`.
SEGMENTS = (
    segment("it", IT),
    segment("rich", HIGH_MARGIN),
    segment("outer", {"any": [IT, {"segment": "rich"}]}),
    segment("shared", HIGH_MARGIN, roles=["sales"]),
    segment("managers", IT, roles=["manager"]),
    segment("old", IT, retired=True),
)


@kept
def world(cast: Cast) -> dict[str, int]:
    publish(*SEGMENTS)
    mine = {"owner": cast.owner.pk, "team": cast.north.pk}
    ids = {
        "mine": create("organisation", name="Mine", sector="it", margin=60, **mine),
        "theirs": create("organisation", name="Theirs", sector="it", owner=cast.stranger.pk),
    }
    run_pending()
    return ids


def keys(user: Any) -> list[str]:
    return [s.key for s in usable(Access.of(user))]


def test_a_segment_is_there_for_whom_it_is_shared_with(cast: Cast, world: dict[str, int]) -> None:
    assert keys(cast.owner) == ["it", "shared"]
    assert keys(cast.manager) == ["it", "managers", "outer", "rich"]
    assert keys(cast.teammate) == ["it", "outer", "rich"]
    assert keys(cast.outsider) == []


def test_who_may_not_use_one_is_told_that_it_is_not_there(
    cast: Cast, world: dict[str, int]
) -> None:
    client = browser(cast.owner)
    for key in ("rich", "outer", "managers", "old", "nothing"):
        assert client.get(url("segment", "organisation", key)).status_code == 404
        page = client.get(url("list", "organisation", segment=key))
        assert f"There is no segment “{key}”." in text_of(page) and not page.context["rows"]
        assert "not available to you" in page.context["problem"]


def test_a_segment_holds_for_somebody_only_what_they_see(cast: Cast, world: dict[str, int]) -> None:
    assert members_for(cast.owner, "it") == {world["mine"]}
    assert members_for(cast.stranger, "it") == {world["theirs"]}


def test_what_a_shared_one_asks_about_hidden_fields_is_not_said(
    cast: Cast, world: dict[str, int]
) -> None:
    """It can be used as a name; neither its values nor its fields are shown."""
    assert members_for(cast.owner, "shared") == {world["mine"]}
    access = Access.of(cast.owner)
    assert not may_read_condition(segment_named("shared"), access)
    assert selectors.in_words(segment_named("shared"), access=access) == ""
    page = text_of(browser(cast.owner).get(url("segment", "organisation", "shared")))
    assert "Margin" not in page and "what it asks is not shown to you" in page
    assert "Margin is at least 50" in text_of(
        browser(cast.manager).get(url("segment", "organisation", "rich"))
    )


def test_counts_for_everybody_are_for_those_who_see_everybody(
    cast: Cast, world: dict[str, int]
) -> None:
    found = segment_named("it")
    assert not sees_whole(found, Access.of(cast.manager))
    assert selectors.known_counts([found], access=Access.of(cast.manager)) == {}
    assert selectors.growth(found, access=Access.of(cast.owner)) == []
    administrator = Access.of(cast.administrator)
    assert selectors.known_counts([found], access=administrator)["it"].number == 2
    page = browser(cast.owner).get(url("segment", "organisation", "it"))
    assert page.context["own_count"] == "1 record" and page.context["count"] is None
    assert browser(cast.owner).post(url("segment_count", "organisation", "it")).status_code in (
        302,
        403,
    )
    answer = browser(cast.owner).get(url("segment_count", "organisation", "it"))
    assert answer.content.decode() == "1 record"


def test_a_count_over_related_records_is_for_those_who_see_these(cast: Cast) -> None:
    deals = {"related": "deals", "count": {"op": "gte", "value": 1}}
    publish(segment("buyers", deals))
    assert live().sections["segments"]["buyers"].reaches == {"organisation", "deal"}
    assert sees_whole(segment_named("buyers"), Access.of(cast.administrator))


def test_related_records_that_one_does_not_see_do_not_count(cast: Cast) -> None:
    deals = {"related": "deals", "some": True}
    publish(segment("buyers", deals))
    mine = create("organisation", name="Mine", owner=cast.owner.pk)
    create("deal", name="Theirs", customer=mine, owner=cast.stranger.pk)
    assert members_for(cast.owner, "buyers") == set()
    create("deal", name="Mine", customer=mine, owner=cast.owner.pk)
    assert members_for(cast.owner, "buyers") == {mine}


def test_who_entered_is_told_of_records_that_one_sees(cast: Cast) -> None:
    publish(segment("vip", kind="static"))
    mine = create("organisation", name="Mine", owner=cast.owner.pk, team=cast.north.pk)
    theirs = create("organisation", name="Theirs", owner=cast.stranger.pk, team=cast.south.pk)
    change("vip", "add", mine, theirs, user=cast.manager, why="a reason")
    found = segment_named("vip")
    for user, seen in ((cast.owner, [mine]), (cast.stranger, [theirs])):
        access = Access.of(user)
        assert [m.record.id for m in selectors.moves(found, access=access)] == seen
        assert [e.record.id for e in selectors.listed(found, access=access)] == seen
        assert [d.entered for d in selectors.moves_by_day(found, access=access)] == [1]


def test_moves_by_a_condition_are_told_to_who_sees_all_it_looks_at(cast: Cast) -> None:
    publish(segment("it", IT, tracks=True))
    found = segment_named("it")
    assert not selectors.sees_moves(found, Access.of(cast.owner))
    assert selectors.moves(found, access=Access.of(cast.owner)) == []
    assert selectors.sees_moves(found, Access.of(cast.administrator))


def test_outsiders_reach_no_screen(cast: Cast, world: dict[str, int]) -> None:
    client: Client = browser(cast.outsider)
    for name in ("segments", "segment", "segment_count", "segment_import"):
        args = ["organisation"] if name == "segments" else ["organisation", "it"]
        assert client.get(url(name, *args)).status_code in (302, 403, 404)
