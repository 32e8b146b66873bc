"""What whoever got a mail can say about it: one click, a page of purposes, nothing by looking alone."""

import pytest
from django.test import Client

from records.contact import listeners
from records.contact.listeners import No
from records.contact.sealing import Pass, opened
from records.models import Unsubscription
from tests.cast import Cast, create
from tests.records.contact.budgeting import asked, publish

pytestmark = pytest.mark.django_db
ADDRESS = "anna@example.com"


@pytest.fixture
def anna(cast: Cast) -> int:
    publish()
    return create("person", family_name="Anna", email=ADDRESS)


def path(pk: int, purpose: str = "news") -> str:
    return f"/c/{Pass.to(ADDRESS, pk, purpose).text()}/"


@pytest.fixture
def browser() -> Client:
    return Client(enforce_csrf_checks=True)


def test_looking_at_the_page_changes_nothing(anna: int, browser: Client) -> None:
    page = browser.get(path(anna))
    html = page.content.decode()
    assert page.status_code == 200 and "News" in html and "Automatic mails" in html
    assert not page.cookies and "script" not in html
    assert "default-src 'none'" in page["Content-Security-Policy"]
    assert browser.head(path(anna)).status_code == 200
    assert not Unsubscription.objects.exists()


def test_one_click_unsubscribes_from_the_purpose_of_the_mail(anna: int, browser: Client) -> None:
    """As RFC 8058 has mail programs post it: no cookie, no token, no login."""
    answer = browser.post(
        path(anna),
        "List-Unsubscribe=One-Click",
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code == 200
    assert asked(anna, purpose="news").code == "unsubscribed" and asked(anna).allowed
    browser.post(path(anna), {"List-Unsubscribe": "One-Click"})
    row = Unsubscription.objects.get()
    assert (row.how, row.record_id, row.purpose) == ("one_click", anna, "news")


def test_the_headers_say_where(anna: int) -> None:
    headers = Pass.to(ADDRESS, anna, "news").headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    url = headers["List-Unsubscribe"].strip("<>")
    found = opened(url.rstrip("/").rpartition("/")[2])
    assert found == Pass.to(ADDRESS, anna, "news")
    assert ADDRESS not in url


def test_one_chooses_what_one_wants_and_takes_it_back(anna: int, browser: Client) -> None:
    browser.post(path(anna), {"save": "1", "wanted": ["automatic"]})
    assert asked(anna, purpose="news").code == "unsubscribed"
    assert asked(anna, purpose="automatic").allowed
    browser.post(path(anna), {"nothing": "1"})
    assert asked(anna, purpose="automatic").code == "unsubscribed"
    page = browser.post(path(anna), {"save": "1", "wanted": ["automatic", "news"]})
    assert page.content.decode().count("checked") == 2
    assert asked(anna, purpose="news").allowed and asked(anna, purpose="automatic").allowed


def test_somebody_elses_token_and_a_broken_one_are_not_there(anna: int, browser: Client) -> None:
    assert browser.get("/c/guessed/").status_code == 404
    assert browser.post("/c/guessed/", {"nothing": "1"}).status_code == 404
    assert not Unsubscription.objects.exists()


def test_the_page_speaks_the_companys_languages(anna: int, browser: Client) -> None:
    assert '<html lang="el">' in browser.get(path(anna) + "?lang=el").content.decode()
    assert '<html lang="en">' in browser.get(path(anna) + "?lang=xx").content.decode()


def test_whoever_has_something_waiting_hears_of_it(
    anna: int, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[No] = []
    monkeypatch.setitem(listeners._listeners, "a_test", heard.append)
    browser.post(path(anna), {"List-Unsubscribe": "One-Click"})
    assert heard == [No(Pass.to(ADDRESS).address, anna, "news")]
