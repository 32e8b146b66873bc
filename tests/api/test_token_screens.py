"""People make and revoke their tokens; administrators see everybody's."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from records import tokens
from records.models import ApiToken
from tests.api.conftest import Program
from tests.cast import Cast

pytestmark = pytest.mark.django_db
HOME = "/admin/api-tokens/"


def browser(user: object) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_new_token_is_shown_once_and_works(cast: Cast) -> None:
    person = browser(cast.owner)
    form = {"name": "Web shop", "verb": "write", "types": ["deal"], "lifetime": "30"}
    made = person.post(f"{HOME}new/", form)
    secret = re.search(r'value="(relata_[^"]+)"', made.content.decode())[1]
    assert "no-store" in made["Cache-Control"]
    token = ApiToken.objects.get()
    assert (token.user, token.name, token.scopes) == (cast.owner, "Web shop", ["write:deal"])
    assert timedelta(days=29) < token.expires_at - timezone.now() < timedelta(days=31)
    assert Program(secret).get("records/deal").status == 200
    listed = person.get(HOME).content.decode()
    assert "Web shop" in listed and "read and write: Deals" in listed and secret not in listed


def test_without_types_it_is_for_all_and_for_ever_if_wished(cast: Cast) -> None:
    browser(cast.owner).post(f"{HOME}new/", {"name": "BI", "verb": "read", "lifetime": ""})
    token = ApiToken.objects.get()
    assert (token.scopes, token.expires_at) == (["read"], None)


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"verb": "own"}, {"types": ["nothing"]}, {"lifetime": "9999"}]
)
def test_what_does_not_fit_is_refused(cast: Cast, wrong: dict[str, object]) -> None:
    form = {"name": "A", "verb": "read", "lifetime": "30", **wrong}
    assert browser(cast.owner).post(f"{HOME}new/", form).status_code == 200
    assert not ApiToken.objects.exists()


def test_types_that_one_does_not_see_are_not_offered(cast: Cast) -> None:
    owner = browser(cast.owner).get(f"{HOME}new/").content.decode()
    assert "Organisations" in owner
    assert browser(cast.outsider).get(f"{HOME}new/").status_code == 302


def test_everyone_sees_their_own_and_administrators_all(cast: Cast) -> None:
    tokens.issue(user=cast.owner, name="Of the owner", scopes=["read"])
    tokens.issue(user=cast.stranger, name="Of the stranger", scopes=["read"])
    mine = browser(cast.owner).get(HOME).content.decode()
    assert "Of the owner" in mine and "Of the stranger" not in mine
    every = browser(cast.administrator).get(HOME).content.decode()
    assert "Of the owner" in every and "Of the stranger" in every and "Owner" in every


def test_revoking_asks_first(cast: Cast) -> None:
    token, secret = tokens.issue(user=cast.owner, name="Old", scopes=["read"])
    person = browser(cast.owner)
    assert "Old" in person.get(f"{HOME}{token.pk}/revoke/").content.decode()
    assert Program(secret).get("me").status == 200
    assert person.post(f"{HOME}{token.pk}/revoke/").status_code == 302
    assert Program(secret).get("me").code == "token_revoked"


def test_only_administrators_revoke_for_others(cast: Cast) -> None:
    token, _secret = tokens.issue(user=cast.owner, name="x", scopes=["read"])
    address = f"{HOME}{token.pk}/revoke/"
    assert browser(cast.stranger).post(address).status_code == 404
    token.refresh_from_db()
    assert token.revoked_at is None
    browser(cast.administrator).post(address)
    token.refresh_from_db()
    assert token.revoked_at is not None


def test_there_is_something_to_do_when_there_are_none(cast: Cast) -> None:
    assert f"{HOME}new/" in browser(cast.owner).get(HOME).content.decode()
