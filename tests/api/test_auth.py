"""Who is let in, and with what."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from records import tokens
from records.models import ApiToken
from tests.api.conftest import Program, program_of
from tests.cast import Cast, create

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["types", "types/deal", "records/deal", "records/deal/1", "me"])
def test_nobody_comes_in_without_a_token(cast: Cast, path: str) -> None:
    answer = Program().get(path)
    assert (answer.status, answer.code) == (401, "unauthenticated")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_secret_is_stored_as_a_digest_alone(cast: Cast) -> None:
    token, secret = tokens.issue(user=cast.owner, name="Shop", scopes=["read"])
    row = ApiToken.objects.values().get(pk=token.pk)
    assert secret not in map(str, row.values()) and secret.startswith(token.prefix)
    assert len(token.prefix) < len(secret) / 3


@pytest.mark.parametrize("secret", ["relata_wrong", "x", "ă", "relata_" + "y" * 5000])
def test_a_secret_that_nobody_has_is_refused(cast: Cast, secret: str) -> None:
    answer = Program(secret.encode().decode("latin-1")).get("me")
    assert (answer.status, answer.code) == (401, "token_invalid")


def test_another_scheme_is_refused(cast: Cast) -> None:
    answer = Program().send("GET", "me", headers={"Authorization": "Basic b3duZXI6b3duZXI="})
    assert (answer.status, answer.code) == (401, "unauthenticated")


def test_expired_and_revoked_tokens_say_so(cast: Cast) -> None:
    past = timezone.now() - timedelta(seconds=1)
    assert program_of(cast.owner, expires_at=past).get("me").code == "token_expired"
    token, secret = tokens.issue(user=cast.owner, name="x", scopes=["write"])
    assert Program(secret).get("me").status == 200
    tokens.revoke(token)
    assert Program(secret).get("me").code == "token_revoked"


def test_a_user_who_left_takes_their_tokens_along(cast: Cast) -> None:
    theirs = program_of(cast.owner)
    cast.owner.is_active = False
    cast.owner.save()
    assert theirs.get("me").code == "token_invalid"


def test_a_reading_token_writes_nothing(cast: Cast) -> None:
    pk = create("organisation", cast.owner, name="A")
    reader = program_of(cast.owner, "read")
    assert reader.get(f"records/organisation/{pk}").status == 200
    attempts = [
        reader.post("records/organisation", {"fields": {"name": "B"}}),
        reader.patch(f"records/organisation/{pk}", {"name": "B"}, 1),
        reader.post(f"records/organisation/{pk}/archive"),
        reader.post(f"records/organisation/{pk}/restore"),
        reader.delete(f"records/organisation/{pk}"),
        reader.post("records/organisation/batch", {"changes": [{"action": "delete", "id": pk}]}),
    ]
    assert [(a.status, a.code) for a in attempts] == [(403, "scope_missing")] * 6
    assert reader.get("types/organisation").body["may"] == ["view", "export"]
    assert not any(f["writable"] for f in reader.get("types/organisation").body["fields"])


def test_a_token_for_one_type_knows_no_other(cast: Cast) -> None:
    organisation = create("organisation", cast.owner, name="A")
    person = create("person", cast.owner, family_name="P", company=organisation)
    narrow = program_of(cast.owner, "write:person")
    assert [t["key"] for t in narrow.get("types").body["types"]] == ["person"]
    assert narrow.get("types/organisation").status == 404
    assert narrow.get("records/organisation").status == 404
    assert narrow.get(f"records/organisation/{organisation}").status == 404
    assert narrow.post("records/organisation", {"fields": {"name": "B"}}).status == 404
    assert narrow.get(f"records/person/{person}").body["fields"]["company"] is None
    assert narrow.get("search", q="A ").body["hits"] == []
    linking = {"field": "company.name", "op": "eq", "value": "A"}
    assert narrow.get("records/person", where=json.dumps(linking)).status == 422


def test_reading_everywhere_and_writing_in_one_place(cast: Cast) -> None:
    both = program_of(cast.owner, "read", "write:person")
    assert both.post("records/person", {"fields": {"family_name": "P"}}).status == 201
    assert both.get("records/organisation").status == 200
    assert both.post("records/organisation", {"fields": {"name": "B"}}).code == "scope_missing"


def test_a_token_gives_nothing_that_its_user_may_not(cast: Cast) -> None:
    pk = create("organisation", cast.owner, name="A")
    assert program_of(cast.stranger).get(f"records/organisation/{pk}").status == 404
    assert program_of(cast.outsider).get("types").body["types"] == []


def test_use_is_noted_once_a_minute(cast: Cast) -> None:
    token, secret = tokens.issue(user=cast.owner, name="x", scopes=["read"])
    Program(secret).get("me")
    token.refresh_from_db()
    first = token.last_used_at
    assert first is not None
    Program(secret).get("me")
    token.refresh_from_db()
    assert token.last_used_at == first
    ApiToken.objects.update(last_used_at=first - timedelta(minutes=2))
    Program(secret).get("me")
    token.refresh_from_db()
    assert token.last_used_at > first - timedelta(minutes=1)


def test_a_session_reads_and_writes_only_from_our_own_pages(cast: Cast) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.owner)
    assert browser.get("/api/v1/me").json()["token"] is None
    body = {"data": {"fields": {"name": "A"}}, "content_type": "application/json"}
    refused = browser.post("/api/v1/records/organisation", **body)
    assert (refused.status_code, refused.json()["code"]) == (403, "csrf")
    browser.get("/api/v1/docs")
    passed = {"X-CSRFToken": browser.cookies["csrftoken"].value}
    accepted = browser.post("/api/v1/records/organisation", **body, headers=passed)
    assert accepted.status_code == 201, accepted.content


def test_a_bad_token_is_not_helped_out_by_a_session(cast: Cast) -> None:
    browser = Client()
    browser.force_login(cast.owner)
    answer = browser.get("/api/v1/me", headers={"Authorization": "Bearer relata_wrong"})
    assert answer.status_code == 401


def test_writing_without_a_session_is_unauthenticated_rather_than_forged(cast: Cast) -> None:
    answer = Client(enforce_csrf_checks=True).post("/api/v1/records/organisation")
    assert answer.status_code == 401
