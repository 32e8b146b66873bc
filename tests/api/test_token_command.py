"""Tokens from the command line."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from records.models import ApiToken
from tests.api.conftest import Program
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def run(*args: str) -> str:
    out = StringIO()
    call_command("api_token", *args, stdout=out)
    return out.getvalue().strip()


def test_it_prints_a_token_that_works(cast: Cast) -> None:
    secret = run(
        "owner", "--name", "Shop", "--scope", "read", "--scope", "write:deal", "--days", "7"
    )
    me = Program(secret).get("me").body
    assert me["user"]["username"] == "owner"
    assert (me["token"]["name"], me["token"]["scopes"]) == ("Shop", ["read", "write:deal"])
    assert me["token"]["expires_at"] is not None


def test_it_lists_and_revokes(cast: Cast) -> None:
    secret = run("owner")
    prefix = ApiToken.objects.get().prefix
    assert prefix in run("owner", "--list") and "active" in run("owner", "--list")
    assert secret not in run("owner", "--list")
    run("owner", "--revoke", prefix)
    assert Program(secret).get("me").code == "token_revoked"


@pytest.mark.parametrize(
    "args",
    [
        ("nobody",),
        ("owner", "--scope", "everything"),
        ("owner", "--scope", "write:Deal!"),
        ("owner", "--days", "0"),
        ("owner", "--revoke", "relata_none"),
    ],
)
def test_it_says_what_does_not_fit(cast: Cast, args: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        run(*args)
    assert not ApiToken.objects.exists()
