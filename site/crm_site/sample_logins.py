"""Sample logins have published passwords: they are let in from this machine alone, if the settings allow it."""

from collections.abc import Callable
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model, logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from records.api import auth
from records.api.problems import Problem

FORWARDING_HEADERS = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP")


def is_from_here(request: HttpRequest) -> bool:
    """Whether a request comes from this machine, and not through a proxy on it."""
    if any(header in request.META for header in FORWARDING_HEADERS):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def may_use_samples(request: HttpRequest) -> bool:
    return settings.SAMPLE_LOGINS and is_from_here(request)


class SampleLoginGuard:
    """The first authentication backend: stops a sample login from afar before any password is looked at.

    It knows no users of its own, so it has no `get_user`: nobody can be logged in by it.
    """

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, **credentials: Any
    ) -> None:
        """Raises PermissionDenied, which ends the search through the other backends."""
        if request is None or username is None or may_use_samples(request):
            return
        if get_user_model().objects.filter(username=username, is_sample=True).exists():
            raise PermissionDenied


class TokenAuth(auth.TokenAuth):
    """Tokens of sample logins, too, open nothing from afar."""

    def authenticate(self, request: HttpRequest, token: str) -> auth.Caller:
        caller = super().authenticate(request, token)
        if caller.user.is_sample and not may_use_samples(request):
            raise Problem("token_invalid", headers=auth.REFUSED)
        return caller


class SampleLogins:
    """Ends a sample login's session that shows up from elsewhere."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self.is_stray(request):
            logout(request)
            return render(request, "crm_site/sample_refused.html", status=403)
        return self.get_response(request)

    def is_stray(self, request: HttpRequest) -> bool:
        # Visitors without a session cost no query.
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or may_use_samples(request):
            return False
        return getattr(request.user, "is_sample", False)
