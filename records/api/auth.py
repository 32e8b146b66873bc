"""Who calls: a program with a token, or somebody logged in, from a page of this site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from django.conf import settings
from django.http import HttpRequest
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from crm_config.definitions import TypeDef
from crm_config.models import User
from records import token_scopes, tokens
from records.access import Access
from records.access.narrowed import NarrowedAccess
from records.api.problems import Problem
from records.models import ApiToken

CHALLENGE = {"WWW-Authenticate": 'Bearer realm="api"'}
REFUSED = {"WWW-Authenticate": 'Bearer realm="api", error="invalid_token"'}


@dataclass(frozen=True)
class Caller:
    user: User
    access: Access
    token: ApiToken | None = None

    @property
    def key(self) -> str:
        """Tells callers apart: what one of them asked for, another is not given."""
        return f"token:{self.token.pk}" if self.token else f"user:{self.user.pk}"

    def must_write(self, record_type: TypeDef) -> None:
        """Raises `Problem` where the token, rather than its user, may not write."""
        if isinstance(self.access, NarrowedAccess) and not self.access.token.writes(
            record_type.key
        ):
            raise Problem("scope_missing")


def caller_of(request: HttpRequest) -> Caller:
    return cast(Caller, request.auth)  # type: ignore[attr-defined]


class TokenAuth(HttpBearer):
    """`Authorization: Bearer …`. A header that is there but does not fit is refused: no session stands in."""

    def __call__(self, request: HttpRequest) -> Caller | None:
        if "Authorization" not in request.headers:
            return None
        scheme, _space, secret = request.headers["Authorization"].partition(" ")
        if scheme.lower() != "bearer":
            raise Problem("unauthenticated", headers=CHALLENGE)
        return self.authenticate(request, secret.strip())

    def authenticate(self, request: HttpRequest, token: str) -> Caller:
        found = tokens.find(token)
        if found is None or not found.user.is_active:
            raise Problem("token_invalid", headers=REFUSED)
        state = found.state()
        if state != ApiToken.State.ACTIVE:
            raise Problem(f"token_{state.value}", headers=REFUSED)
        tokens.note_use(found)
        request.user = found.user
        access = NarrowedAccess.to(Access.of(found.user), token_scopes.parse(found.scopes))
        return Caller(found.user, access, found)


class SessionAuth(APIKeyCookie):
    """For the documentation's own page and the site's own scripts: unsafe methods need the CSRF token."""

    param_name = settings.SESSION_COOKIE_NAME

    def __call__(self, request: HttpRequest) -> Caller:
        if not request.user.is_authenticated:
            raise Problem("unauthenticated", headers=CHALLENGE)
        if check_csrf(request) is not None:
            raise Problem("csrf")
        return self.authenticate(request, None)

    def authenticate(self, request: HttpRequest, key: str | None) -> Caller:
        user = cast(User, request.user)
        return Caller(user, Access.of(user))
