"""Lists of segments that people keep: the one door to them, what it refuses, and what it remembers."""

from __future__ import annotations

import pytest

from crm_config import payload, publication
from crm_config.live import live
from jobs.services import run_pending
from records import services as record_services
from records.access import Access
from records.errors import Forbidden
from records.gate import Change
from records.models import SegmentCount, SegmentMember, SegmentMove
from tests.cast import Cast, create
from tests.crm_config.segments import IT, payload_with, publish, segment
from tests.kept import kept
from tests.records.segments import change, members_for

pytestmark = pytest.mark.django_db

VIP = segment("vip", kind="static")
BOTH = segment("both", IT, kind="combined")


@kept
def world(cast: Cast) -> dict[str, int]:
    publish(VIP, BOTH, segment("it", IT))
    run_pending()
    mine = {"owner": cast.owner.pk, "team": cast.north.pk}
    return {
        "it": create("organisation", name="It", sector="it", **mine),
        "shop": create("organisation", name="Shop", sector="retail", **mine),
        "theirs": create("organisation", name="Theirs", sector="it", owner=cast.stranger.pk),
    }


def moves(key: str) -> list[tuple[int, bool, str, str]]:
    rows = SegmentMove.objects.filter(segment=key).order_by("id")
    return list(rows.values_list("record_id", "entered", "how", "why"))


def test_records_are_added_and_taken_out(cast: Cast, world: dict[str, int]) -> None:
    shop, it = world["shop"], world["it"]
    assert change("vip", "add", shop, it, user=cast.owner, why="asked for it") == ["added"] * 2
    assert members_for(cast.owner, "vip") == {shop, it}
    row = SegmentMember.objects.get(segment="vip", record=shop)
    assert (row.by, row.why, row.added) == (cast.owner, "asked for it", True)
    assert change("vip", "add", shop, user=cast.owner) == ["already"]
    assert change("vip", "remove", shop, user=cast.owner) == ["removed"]
    assert change("vip", "remove", shop, user=cast.owner) == ["absent"]
    assert members_for(cast.owner, "vip") == {it}
    assert moves("vip") == [
        (it, True, "hand", "asked for it"),
        (shop, True, "hand", "asked for it"),
        (shop, False, "hand", ""),
    ]


def test_a_combined_one_is_what_fits_and_what_people_decided(
    cast: Cast, world: dict[str, int]
) -> None:
    shop, it = world["shop"], world["it"]
    assert members_for(cast.owner, "both") == {it}
    assert change("both", "add", shop, it, user=cast.owner) == ["added", "added"]
    assert change("both", "remove", it, user=cast.owner) == ["removed"]
    assert members_for(cast.owner, "both") == {shop}
    assert change("both", "remove", it, user=cast.owner) == ["absent"]
    assert change("both", "free", it, shop, user=cast.owner) == ["freed", "freed"]
    assert change("both", "free", it, user=cast.owner) == ["absent"]
    assert members_for(cast.owner, "both") == {it}


def test_only_who_really_moved_is_told(cast: Cast, world: dict[str, int]) -> None:
    """One that fits the condition anyway does not enter by being added."""
    change("both", "add", world["it"], world["shop"], user=cast.owner)
    change("both", "free", world["it"], user=cast.owner)
    assert [(pk, entered) for pk, entered, _how, _why in moves("both")] == [(world["shop"], True)]


def test_what_is_not_seen_is_not_there(cast: Cast, world: dict[str, int]) -> None:
    other_type = create("deal", name="Deal", owner=cast.owner.pk)
    ids = (world["theirs"], 1, other_type)
    assert change("vip", "add", *ids, user=cast.owner) == ["not_found"] * 3
    assert not SegmentMember.objects.exists() and not SegmentMove.objects.exists()


def test_an_archived_record_is_not_added_but_can_be_taken_out(
    cast: Cast, world: dict[str, int]
) -> None:
    change("vip", "add", world["shop"], user=cast.owner)
    for pk in (world["shop"], world["it"]):
        archive = Change("archive", id=pk)
        record_services.execute_or_raise([archive], access=Access.system(), channel="system")
    assert change("vip", "add", world["it"], user=cast.owner) == ["archived"]
    assert change("vip", "remove", world["shop"], user=cast.owner) == ["removed"]


@pytest.mark.parametrize("key", ["vip", "both"])
def test_who_may_not_keep_a_list_is_refused(cast: Cast, world: dict[str, int], key: str) -> None:
    with pytest.raises(Forbidden):
        change(key, "add", world["shop"], user=cast.outsider)


def test_a_dynamic_segment_has_no_list(cast: Cast, world: dict[str, int]) -> None:
    with pytest.raises(Forbidden):
        change("it", "add", world["shop"], user=cast.owner)


def test_only_the_roles_named_keep_a_list(cast: Cast, world: dict[str, int]) -> None:
    publish(segment("vip", kind="static", keepers=["manager"]))
    with pytest.raises(Forbidden):
        change("vip", "add", world["shop"], user=cast.owner)
    assert change("vip", "add", world["shop"], user=cast.manager) == ["added"]


def test_a_role_that_only_looks_keeps_no_list(cast: Cast, world: dict[str, int]) -> None:
    raw = payload_with(VIP)
    grants = raw["roles"][3]["grants"]
    raw["roles"][3]["grants"] = [g for g in grants if g["action"] == "view"]
    payload.load(raw, replace=True)
    publication.publish(user=None)
    with pytest.raises(Forbidden):
        change("vip", "add", world["shop"], user=cast.teammate)


def test_a_change_of_a_list_is_counted_soon(cast: Cast, world: dict[str, int]) -> None:
    change("vip", "add", world["shop"], world["it"], user=cast.owner)
    run_pending()
    assert SegmentCount.objects.get(segment="vip").number == 2


def test_a_deleted_record_leaves_every_list(cast: Cast, world: dict[str, int]) -> None:
    change("vip", "add", world["shop"], user=cast.owner)
    delete = Change("delete", id=world["shop"])
    record_services.execute_or_raise([delete], access=Access.system(), channel="system")
    assert not SegmentMember.objects.exists() and not SegmentMove.objects.exists()


def test_a_new_segment_begins_empty_whatever_had_its_key(cast: Cast, world: dict[str, int]) -> None:
    change("vip", "add", world["shop"], user=cast.owner)
    publish(BOTH)
    assert SegmentMember.objects.filter(segment="vip").exists()
    publish(VIP)
    assert members_for(cast.owner, "vip") == set()


def test_going_back_to_an_older_version_brings_a_list_back(
    cast: Cast, world: dict[str, int]
) -> None:
    change("vip", "add", world["shop"], user=cast.owner)
    before = live().version
    publish(BOTH)
    publication.rollback(before, user=None)
    assert members_for(cast.owner, "vip") == {world["shop"]}
