"""Sample logins work from this machine alone."""

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client, RequestFactory

from crm_site.sample_logins import SampleLogins, is_from_here
from records import tokens

pytestmark = pytest.mark.django_db

FAR = {"REMOTE_ADDR": "203.0.113.9"}
PROXIED = {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "203.0.113.9"}


@pytest.fixture
def sample():
    return get_user_model().objects.create_superuser("sample", password="sample", is_sample=True)


def log_in(username: str, **meta: Any) -> Client:
    client = Client(**meta)
    client.post("/admin/login/", {"username": username, "password": username})
    return client


@pytest.mark.parametrize(
    ("meta", "expected"),
    [
        ({"REMOTE_ADDR": "127.0.0.1"}, True),
        ({"REMOTE_ADDR": "::1"}, True),
        ({"REMOTE_ADDR": "127.8.9.10"}, True),
        (FAR, False),
        (PROXIED, False),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_FORWARDED": "for=203.0.113.9"}, False),
        ({"REMOTE_ADDR": ""}, False),
    ],
)
def test_here_is_a_loopback_address_without_a_proxy(meta, expected):
    assert is_from_here(RequestFactory().get("/", **meta)) is expected


def test_a_sample_login_works_from_here(sample):
    assert "_auth_user_id" in log_in("sample").session


@pytest.mark.parametrize("meta", [FAR, PROXIED])
def test_a_sample_login_is_refused_from_elsewhere(sample, meta):
    assert "_auth_user_id" not in log_in("sample", **meta).session


def test_a_sample_login_is_refused_where_the_settings_forbid_it(sample, settings):
    settings.SAMPLE_LOGINS = False
    assert "_auth_user_id" not in log_in("sample").session


def test_other_logins_work_from_elsewhere():
    get_user_model().objects.create_superuser("real", password="real")
    assert "_auth_user_id" in log_in("real", **FAR).session


def test_a_session_carried_elsewhere_ends(sample):
    client = log_in("sample")
    response = client.get("/admin/", **FAR)
    assert response.status_code == 403
    assert "on this computer only" in response.content.decode()
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("meta", "status"), [({"REMOTE_ADDR": "127.0.0.1"}, 200), (FAR, 401), (PROXIED, 401)]
)
def test_its_token_works_from_here_alone(sample, meta, status):
    secret = tokens.issue(user=sample, name="t", scopes=["read"])[1]
    asked = Client(**meta).get("/api/v1/types", HTTP_AUTHORIZATION=f"Bearer {secret}")
    assert asked.status_code == status


def test_visitors_without_a_session_cost_no_query():
    """Their request is passed on without a look at who they are."""
    request = RequestFactory().get("/", **FAR)
    assert SampleLogins(lambda passed: passed)(request) is request
