"""Calendars and service levels are configured, checked, published, referred to and told."""

import pytest

from crm_config import payload, publication
from crm_config.live import live
from crm_config.schema import check_shape
from crm_config.working_copy.reading import WorkingCopy
from tests.crm_config.studio import sentences
from tests.workflows.deadlines import world
from workflows.deadlines.definitions import calendars_of, in_use

pytestmark = pytest.mark.django_db


def wrong(*levels, **more):
    raw = world.company(*levels, **more)
    assert check_shape(raw) == []
    return " ".join(problem.message for problem in publication.check(raw))


def test_what_is_published_comes_back_as_it_was_said():
    said = world.company(world.level(order=3, warn_at=50))
    world.publish(world.level(order=3, warn_at=50))
    dumped = payload.dump()
    assert dumped["calendars"] == said["calendars"]
    assert dumped["service_levels"] == said["service_levels"]


def test_the_shape_is_part_of_the_format():
    assert check_shape(world.company(world.level())) == []
    assert check_shape(world.company(world.level(targets=[{"key": "x"}])))


def test_levels_are_asked_in_their_order():
    world.publish(
        world.level("b", order=1), world.level("a", order=2), world.level("c", retired=True)
    )
    assert [level.key for level in in_use(live(), "deal")] == ["b", "a"]


def test_without_a_time_zone_the_company_s_counts():
    world.publish()
    assert str(calendars_of(live())["always"].counted.tz) == "Europe/Athens"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"hours": {}}, "at least one day"),
        ({"hours": {"mon": [["17:00", "09:00"]]}}, "hours end after they begin"),
        ({"hours": {"mon": [["09:00", "12:00"], ["11:00", "17:00"]]}}, "one after the other"),
        ({"time_zone": "Mars/Olympus"}, "no time zone"),
        ({"country": "XX"}, "are not known"),
        ({"country": "GR", "subdivision": "BY"}, "no part of the country"),
        ({"days": [{"date": "2026-02-30"}]}, "is no day"),
    ],
)
def test_a_calendar_that_makes_no_sense_is_refused(more, said):
    assert said in wrong(calendars=[world.calendar(**more)])


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"type": "ship"}, "no record type"),
        ({"calendar": "gone"}, "no calendar"),
        ({"targets": []}, "what is to be done"),
        ({"targets": [{"key": "a", "minutes": 1, "met": world.WON}] * 2}, "same key"),
        ({"condition": {"field": "gone", "op": "is_set"}}, "gone"),
        ({"pauses": {"changed": "won"}}, "changed"),
        ({"escalations": [{"after_percent": 120, "notify": "role", "role": "gone"}]}, "no role"),
    ],
)
def test_a_level_that_makes_no_sense_is_refused(more, said):
    assert said in wrong(world.level(**more))


def test_what_a_level_uses_is_known():
    world.publish(
        world.level(escalations=[{"after_percent": 120, "notify": "role", "role": "manager"}])
    )
    used = {
        reference.target
        for reference in WorkingCopy().references
        if reference.source == ("service_levels", "usual")
    }
    assert {
        ("calendars", "always"),
        ("roles", "manager"),
        ("record_types", "deal"),
        ("record_types", "deal", "fields", "won"),
    } <= used


def test_a_change_is_told_in_words():
    world.publish(world.level())
    changed = world.company(world.level(warn_at=50), calendars=[world.calendar(country="GR")])
    payload.load(changed, replace=True)
    told = " ".join(sentences())
    assert "When it warns changes." in told
    assert "holidays" in told
    publication.publish(user=None, reason="test")
    assert in_use(live(), "deal")[0].warn_at == 50
