"""Counts of segments day by day, when they are made, and who entered and left in between."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from crm_config.live import live
from jobs import registry
from jobs.services import enqueue, run_pending
from records import services as record_services
from records.access import Access
from records.gate import Change
from records.models import SegmentCount, SegmentMove, SegmentSeen
from records.segments import jobs
from records.segments.counting import count, due
from records.segments.packed import pack, unpack
from tests.cast import Cast, create
from tests.crm_config.segments import IT, publish, segment
from tests.records.segments import change, segment_named

pytestmark = pytest.mark.django_db


def counted(key: str, now: datetime | None = None) -> int:
    return count(segment_named(key), snapshot=live(), now=now or timezone.now())


def moves(key: str) -> list[tuple[int, bool, str]]:
    rows = SegmentMove.objects.filter(segment=key).order_by("id")
    return list(rows.values_list("record_id", "entered", "how"))


def give(pk: int, **values: Any) -> None:
    asked = Change("change", id=pk, values=values)
    record_services.execute_or_raise([asked], access=Access.system(), channel="system")


def test_publishing_counts_every_segment(cast: Cast) -> None:
    create("organisation", name="A", sector="it")
    create("organisation", name="B", sector="retail")
    publish(segment("it", IT), segment("not_it", {"not": {"segment": "it"}}))
    run_pending()
    assert dict(SegmentCount.objects.values_list("segment", "number")) == {"it": 1, "not_it": 1}


def test_a_day_keeps_its_latest_count(cast: Cast) -> None:
    publish(segment("it", IT))
    assert counted("it") == 0
    create("organisation", name="A", sector="it")
    assert counted("it") == 1
    assert [c.number for c in SegmentCount.objects.filter(segment="it")] == [1]


def test_archived_records_do_not_count(cast: Cast) -> None:
    publish(segment("it", IT))
    pk = create("organisation", name="A", sector="it")
    archive = Change("archive", id=pk)
    record_services.execute_or_raise([archive], access=Access.system(), channel="system")
    assert counted("it") == 0


def test_a_new_day_begins_at_the_companys_midnight(cast: Cast) -> None:
    """Athens is two hours ahead: what is before midnight in London is tomorrow there."""
    publish(segment("it", IT))
    before = datetime(2026, 1, 31, 21, 59, tzinfo=UTC)
    after = before + timedelta(minutes=2)
    assert [s.key for s in due(live(), before)] == ["it"]
    counted("it", before)
    assert due(live(), before) == []
    assert [s.key for s in due(live(), after)] == ["it"]
    counted("it", after)
    days = SegmentCount.objects.values_list("day", flat=True)
    assert set(days) == {date(2026, 1, 31), date(2026, 2, 1)}


def test_a_relative_date_is_counted_anew_when_its_bounds_move(cast: Cast) -> None:
    week = {"field": "created_at", "op": "within", "value": {"last_days": 7}}
    publish(segment("fresh", week))
    create("organisation", name="A")
    later = timezone.now() + timedelta(days=8)
    assert counted("fresh") == 1
    assert [s.key for s in due(live(), later)] == ["fresh"]
    assert counted("fresh", later) == 0
    assert [c.number for c in SegmentCount.objects.order_by("day")] == [1, 0]


def test_the_job_looks_every_hour_and_counts_once_a_day(cast: Cast) -> None:
    publish(segment("it", IT))
    run_pending()
    assert registry.periods()[jobs.KIND] == timedelta(hours=1)
    job = enqueue(kind=jobs.KIND, args={})
    run_pending()
    job.refresh_from_db()
    assert job.result == {"counted": 0}


def test_segments_that_ask_about_a_changed_one_are_counted_too(cast: Cast) -> None:
    publish(segment("vip", kind="static"), segment("outer", {"segment": "vip"}), segment("it", IT))
    run_pending()
    SegmentCount.objects.all().delete()
    pk = create("organisation", name="A", owner=cast.manager.pk, team=cast.north.pk)
    change("vip", "add", pk, user=cast.manager)
    run_pending()
    assert dict(SegmentCount.objects.values_list("segment", "number")) == {"vip": 1, "outer": 1}


def test_who_entered_and_left_is_found_by_comparing(cast: Cast) -> None:
    publish(segment("it", IT, tracks=True))
    a, b = (create("organisation", name=n, sector="it") for n in "AB")
    counted("it")
    assert moves("it") == [], "there was nothing to compare with"
    give(a, sector="retail")
    c = create("organisation", name="C", sector="it")
    counted("it")
    assert moves("it") == [(c, True, "condition"), (a, False, "condition")]
    counted("it")
    assert len(moves("it")) == 2
    assert list(unpack(bytes(SegmentSeen.objects.get(segment="it").ids))) == [b, c]


def test_a_changed_definition_is_told_as_such(cast: Cast) -> None:
    publish(segment("it", IT, tracks=True))
    pk = create("organisation", name="A", sector="retail")
    counted("it")
    retail = {"field": "sector", "op": "eq", "value": "retail"}
    publish(segment("it", {"any": [IT, retail]}, tracks=True))
    counted("it")
    assert moves("it") == [(pk, True, "definition")]


def test_what_people_did_is_not_found_a_second_time(cast: Cast) -> None:
    publish(segment("both", IT, kind="combined", tracks=True))
    mine = {"owner": cast.manager.pk, "team": cast.north.pk}
    a, b = (create("organisation", name=n, **mine) for n in "AB")
    counted("both")
    change("both", "add", a, user=cast.manager)
    give(b, sector="it")
    counted("both")
    assert moves("both") == [(a, True, "hand"), (b, True, "condition")]


def test_a_record_deleted_meanwhile_has_no_move(cast: Cast) -> None:
    publish(segment("it", IT, tracks=True))
    pk = create("organisation", name="A", sector="it")
    counted("it")
    delete = Change("delete", id=pk)
    record_services.execute_or_raise([delete], access=Access.system(), channel="system")
    assert counted("it") == 0 and moves("it") == []


def test_a_segment_that_no_longer_tracks_forgets_who_was_in_it(cast: Cast) -> None:
    publish(segment("it", IT, tracks=True))
    counted("it")
    publish(segment("it", IT))
    counted("it")
    assert not SegmentSeen.objects.exists()


@pytest.mark.parametrize("ids", [[], [0], [1, 2, 3], [1 << 40, (1 << 40) + 1, (1 << 53) - 1]])
def test_ids_are_packed_without_loss(ids: list[int]) -> None:
    assert list(unpack(pack(reversed(ids)))) == ids


def test_many_ids_take_little_room() -> None:
    first = 7 << 40
    ids = range(first, first + 300_000, 3)
    assert len(pack(ids)) < 5_000 and list(unpack(pack(ids))) == list(ids)
