"""Whoever calls."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from records.access import Access
from records.api.auth import Caller, caller_of
from records.api.routers import general as router
from records.api.schemas.me import MeOut
from records.selectors.names import team_names


@router.get("me", response=MeOut, url_name="me", summary="Who you are here")
def get_me(request: HttpRequest) -> dict[str, Any]:
    """The user, what the token may do, and the company whose configuration answers."""
    caller = caller_of(request)
    snapshot = caller.access.snapshot
    user = caller.user
    return {
        "user": {"id": user.pk, "username": user.get_username(), "name": str(user)},
        "roles": [{"key": role.key, "label": role.label} for role in caller.access.roles],
        "teams": _teams(caller.access),
        "token": _token(caller),
        "company": {
            "name": snapshot.company.name,
            "time_zone": snapshot.company.time_zone,
            "base_currency": snapshot.company.base_currency,
            "languages": list(snapshot.company.languages),
        },
        "config_version": snapshot.version,
    }


def _teams(access: Access) -> list[dict[str, Any]]:
    names = team_names(access.standing.teams)
    leads = access.standing.leads
    return [{"id": pk, "name": name, "lead": pk in leads} for pk, name in sorted(names.items())]


def _token(caller: Caller) -> dict[str, Any] | None:
    token = caller.token
    if token is None:
        return None
    return {
        "name": token.name,
        "prefix": token.prefix,
        "scopes": token.scopes,
        "expires_at": token.expires_at,
    }
