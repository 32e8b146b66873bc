"""A start prints where the public forms are."""

import pytest

from crm_site.welcome import welcome
from tests import company as small
from tests.forms_builder.forms import contact, publish

pytestmark = pytest.mark.django_db


def test_the_addresses_of_public_forms_are_printed():
    publish(contact(), contact(key="inside", channel="staff"))
    told = welcome(host="127.0.0.1", port=8000)
    assert "http://localhost:8000/f/contact/  Contact" in told and "inside" not in told


def test_without_forms_nothing_is_said_of_them():
    small.publish()
    assert "Public forms" not in welcome(host="127.0.0.1", port=8000)
