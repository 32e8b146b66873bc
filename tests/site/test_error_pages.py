"""What is said when something cannot be shown or taken: in words, without a trace of how it works."""

import pytest
from django.conf import settings
from django.test import Client, RequestFactory
from django.urls import reverse
from django.views.defaults import server_error

from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_a_form_that_waited_too_long_is_told_so(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.owner)
    answer = client.post(reverse("records:new", args=["deal"]), {"name": "Typed"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "was open for too long" in page and "DEBUG" not in page


def test_an_address_that_is_not_there() -> None:
    answer = Client().get("/nowhere/at/all/")
    assert answer.status_code == 404 and "This page is not here" in answer.content.decode()


def test_a_fault_of_ours() -> None:
    answer = server_error(RequestFactory().get("/"))
    assert answer.status_code == 500 and "Something went wrong here" in answer.content.decode()


def test_they_are_in_the_language_of_the_browser() -> None:
    assert "pl" in dict(settings.LANGUAGES)
    answer = Client(headers={"accept-language": "pl"}).get("/nowhere/")
    assert '<html lang="pl">' in answer.content.decode()
