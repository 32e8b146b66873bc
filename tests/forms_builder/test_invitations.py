"""Administrators hand out the addresses of a form that only those fill in who were asked."""

import pytest

from forms_builder.models import Submission
from tests.crm_config.studio import client_of
from tests.forms_builder.forms import contact, publish
from tests.forms_builder.studio import address
from tests.forms_builder.visitor import Visitor

pytestmark = pytest.mark.django_db
ASKED = {"min_seconds": 0, "by_token": True}


@pytest.fixture
def browser(cast):
    publish(contact(settings=ASKED))
    return client_of(cast.administrator)


def made(browser, names: str) -> list[tuple[str, str]]:
    return browser.post(address("invitations"), {"names": names}).context["rows"]


def test_each_who_is_named_gets_an_address_of_their_own(browser):
    rows = made(browser, "Ana Pop\n\n  ana@example.com \nAna Pop\n")
    assert [name for name, _url in rows] == ["Ana Pop", "ana@example.com"]
    assert rows[0][1] != rows[1][1]
    for _name, url in rows:
        visitor = Visitor()
        visitor.page = visitor.client.get(url)
        visitor.send(family_name="A", email="a@example.com")
        assert visitor.page.status_code == 200
    assert Submission.objects.count() == 2


def test_named_again_they_still_send_it_once(browser):
    for status in (200, 409):
        visitor = Visitor()
        visitor.page = visitor.client.get(made(browser, "Ana")[0][1])
        visitor.send(family_name="A", email="a@example.com")
        assert visitor.page.status_code == status


def test_the_page_says_whose_each_is_and_what_it_does(browser):
    page = browser.post(address("invitations"), {"names": "<b>Ana</b>"}).content.decode()
    assert "&lt;b&gt;Ana&lt;/b&gt;" in page and "<b>Ana</b>" not in page
    assert "in that person" in page and "w-clipboard#copy" in page


def test_the_builder_leads_there_where_it_is_asked_by_token(browser, cast):
    assert address("invitations") in browser.get(address("form")).content.decode()
    publish(contact())
    assert address("invitations") not in browser.get(address("form")).content.decode()
    assert browser.get(address("invitations")).status_code == 404


def test_too_many_and_too_long_are_refused(browser):
    many = "\n".join(f"n{number}" for number in range(501))
    for names in ("", many, "x" * 101):
        answer = browser.post(address("invitations"), {"names": names})
        assert "rows" not in answer.context and answer.context["form"].errors


def test_it_is_for_administrators(browser, cast):
    answer = client_of(cast.owner).post(address("invitations"), {"names": "Ana"})
    assert answer.status_code == 302 and "?t=" not in answer.content.decode()
