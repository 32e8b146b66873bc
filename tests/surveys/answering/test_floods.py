"""One address that sends on and on: its limit holds to the last, it is refused at no cost, and others are answered."""

import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from surveys.answering import floods, knocks
from surveys.answering.visits import Visit
from surveys.models import Knock, Response
from tests.surveys.surveying import (
    Respondent,
    invite,
    open_link,
    page,
    publish,
    published,
    question,
    survey,
)

pytestmark = pytest.mark.django_db
SPAMMER, ELSEWHERE = "203.0.113.9", "198.51.100.7"


@pytest.fixture(autouse=True)
def nothing_remembered(settings):
    settings.FORM_PROXIES = 1
    floods.forget()
    yield
    floods.forget()


def somebody(token: str, address: str = SPAMMER) -> Respondent:
    who = Respondent(token)
    who.client.defaults["HTTP_X_FORWARDED_FOR"] = address
    who.open()
    return who


def flood(token: str) -> Respondent:
    """The last of many."""
    for _n in range(floods.REFUSALS + 2):
        who = somebody(token)
        who.send(nps="0", why="Buy this")
    return who


def test_it_is_refused_with_what_it_typed_and_without_a_look():
    publish(survey(settings={"per_hour": 2}))
    link = open_link()
    who = flood(link.token)
    assert who.page.status_code == 429 and "<form" in who.page.content.decode()
    who = somebody(link.token)
    sent = {**who.fields, "i-nps": "0", "i-why": "What I wrote", "go": "next"}
    with CaptureQueriesContext(connection) as queries:
        who.post(sent)
    assert who.page.status_code == 429 and "What I wrote" in who.text and "Wait an hour" in who.text
    # The version of the configuration, which every page reads.
    assert len(queries) <= 1
    assert Response.objects.count() == 2 and Knock.objects.get().count == 2


def test_others_and_those_who_were_asked_are_answered_meanwhile():
    publish(survey(settings={"per_hour": 2}))
    link = open_link()
    flood(link.token)
    for who in (somebody(link.token, ELSEWHERE), somebody(invite().token)):
        who.send(nps="9")
        assert who.page.status_code == 200 and "Thanks a lot" in who.text
    assert Response.objects.count() == 4


def test_another_link_has_the_limit_alone():
    publish(survey(settings={"per_hour": 2}))
    flood(open_link().token)
    who = somebody(open_link().token)
    who.send(nps="9", why="Kept")
    assert who.page.status_code == 429 and who.fields["i-why"] == "Kept"


@pytest.mark.parametrize("kind", ["public", "kiosk"])
def test_whoever_has_begun_goes_on(kind):
    pages = [page("one", question("nps", "nps")), page("two", question("why"))]
    publish(survey(steps=pages))
    link = open_link(kind=kind)
    who = somebody(link.token)
    who.send(nps="9")
    Knock.objects.update(count=1_000)
    flood(link.token)
    who.send(why="Said")
    assert "Thanks a lot" in who.text


def test_it_is_forgotten_soon(monkeypatch):
    publish(survey(settings={"per_hour": 2}))
    link = open_link()
    flood(link.token)
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + floods.SECONDS + 1)
    who = somebody(link.token)
    who.send(nps="9")
    assert who.page.status_code == 429 and "<form" in who.page.content.decode()


def test_what_is_remembered_has_its_bounds(monkeypatch):
    monkeypatch.setattr(floods, "MOST", 50)
    for n in range(500):
        floods.note(f"sender-{n}", "token")
    assert len(floods._refused) <= 50


def test_exactly_as_many_are_counted_as_may_begin():
    publish(survey(settings={"per_hour": 3}))
    visit = Visit("x", published(), link=open_link())
    assert [knocks.claim(visit, "one") for _n in range(5)] == [True] * 3 + [False] * 2
    assert knocks.claim(visit, "two") and Knock.objects.get(sender="one").count == 3
