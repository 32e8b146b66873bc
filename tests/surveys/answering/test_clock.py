"""Clocks that change: days of 23 and 25 hours, and a server whose clock is put back while somebody answers."""

import time
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from surveys.models import Knock, Response
from tests.surveys.surveying import (
    Respondent,
    invite,
    only,
    open_link,
    page,
    publish,
    question,
    survey,
)

pytestmark = pytest.mark.django_db
HOME = "Europe/Bucharest"
HOUR = 3600


class Clock:
    """Both that the server reads. A page that is opened before it is set has the moment at which the test runs."""

    def __init__(self, monkeypatch) -> None:
        self.monkeypatch = monkeypatch

    def set(self, moment: datetime) -> None:
        seconds = moment.timestamp()

        class Stopped(datetime):
            @classmethod
            def now(cls, tz: Any = None) -> Any:
                return datetime.fromtimestamp(seconds, tz=tz)

        # Functions that were taken from there look it up there.
        self.monkeypatch.setattr(timezone, "datetime", Stopped)
        self.monkeypatch.setattr(time, "time", lambda: seconds)

    def at(self, text: str, fold: int = 0) -> None:
        self.set(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(HOME), fold=fold))

    def put(self, seconds: int) -> None:
        self.set(datetime.fromtimestamp(time.time() + seconds, tz=ZoneInfo("UTC")))


@pytest.fixture
def clock(monkeypatch) -> Clock:
    return Clock(monkeypatch)


def is_open(token: str) -> bool:
    return "<form" in Respondent(token).open().content.decode()


@pytest.mark.parametrize(
    ("settings", "shut", "opened"),
    [
        # The clock goes from 3 to 4 on the one, and from 4 back to 3 on the other.
        ({"opens": "2026-03-29"}, "2026-03-28T23:59:59", "2026-03-29T00:00:00"),
        ({"closes": "2026-03-29"}, "2026-03-30T00:00:00", "2026-03-29T23:59:59"),
        ({"opens": "2026-10-25"}, "2026-10-24T23:59:59", "2026-10-25T00:00:00"),
        ({"closes": "2026-10-25"}, "2026-10-26T00:00:00", "2026-10-25T23:59:59"),
    ],
)
def test_a_day_is_a_whole_one_however_long(clock, settings, shut, opened):
    publish(survey(settings=settings))
    token = open_link().token
    clock.at(shut)
    assert not is_open(token)
    clock.at(opened)
    assert is_open(token)


def test_an_hour_that_comes_twice_ends_once(clock):
    publish(survey(settings={"closes": "2026-10-25T03:30:00+02:00"}))
    token = open_link().token
    clock.at("2026-10-25T03:45:00", fold=0)
    assert is_open(token)
    clock.at("2026-10-25T03:45:00", fold=1)
    assert not is_open(token)


@pytest.mark.parametrize("least", [0, 10])
def test_put_back_while_somebody_answers_nothing_is_lost_or_refused(clock, least):
    pages = [page("one", question("nps", "nps")), page("two", question("why"))]
    publish(survey(steps=pages, settings={"min_seconds": least}))
    who = Respondent(invite().token)
    who.open()
    clock.put(-HOUR)
    who.send(nps="9")
    assert only().seconds == {"one": 0}
    clock.put(-HOUR)
    who.send(why="Said")
    assert "Thanks a lot" in who.text
    row = only()
    assert row.status == Response.Status.COMPLETED and min(row.seconds.values()) >= 0
    assert row.values == {"nps": "9", "why": "Said"}


def test_who_is_really_quick_is_still_asked_to_look_again(clock):
    publish(survey(settings={"min_seconds": 10}))
    who = Respondent(open_link().token)
    who.open()
    clock.put(2)
    who.send(nps="9")
    assert who.page.status_code == 422 and "That was quick" in who.text
    clock.put(20)
    who.send()
    assert "Thanks a lot" in who.text


def test_put_back_the_limit_of_an_address_does_not_begin_anew_for_long(clock):
    publish(survey(settings={"per_hour": 1}))
    clock.at("2026-06-01T12:50:00")
    for minutes, status in ((0, 200), (-5, 429), (-20, 429)):
        clock.put(minutes * 60)
        who = Respondent(open_link().token)
        who.open()
        who.send(nps="9")
        assert who.page.status_code == status
    assert Knock.objects.get().count == 1


def test_an_invitation_that_ran_out_comes_back_with_the_clock_and_no_sooner(clock):
    publish(survey())
    clock.at("2026-06-01T12:00:00")
    token = invite(expires_at=timezone.now()).token
    assert not is_open(token)
    clock.put(-1)
    assert is_open(token)
