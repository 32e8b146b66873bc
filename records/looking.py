"""Looking as somebody else: an administrator sees the admin as a user, or as a role alone, would; under what is
published, or under the draft. Nothing can be written meanwhile; every start and end is logged; every page says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, Permission
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from wagtail.log_actions import log

from crm_config import payload, publication
from crm_config.live import pinned
from crm_config.models import Role, User
from crm_config.permissions import ADMINISTER
from records.access.access import LOOKS_ONLY, ROLE_ALONE

#: As the site's history names them.
STARTED, STOPPED = "records.look.start", "records.look.stop"
KEY = "looks_as"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
#: Of whoever has a role and nothing else: no user has it.
NOBODYS_ID = -1


@dataclass(frozen=True)
class Looking:
    """`real` is who looks; `draft`: as it will be once the working copy is published."""

    real: User
    name: str
    draft: bool = False


def may_look(user: User | AnonymousUser) -> bool:
    return bool(user.has_perm(ADMINISTER))


def may_look_as(real: User, target: User) -> bool:
    """Nobody gains by it what is a superuser's."""
    return may_look(real) and (real.is_superuser or not target.is_superuser)


def start(
    request: HttpRequest,
    real: User,
    *,
    user: User | None = None,
    role: Role | None = None,
    draft: bool = False,
) -> None:
    """From the next request on."""
    wanted = {"user": user.pk} if user else {"role": role.key if role else ""}
    request.session[KEY] = {**wanted, "draft": draft}
    _log(STARTED, real, user or role)


def stop(request: HttpRequest, real: User) -> None:
    wanted = request.session.pop(KEY, None)
    if wanted:
        _log(STOPPED, real, _target(wanted))


def _log(action: str, real: User, target: User | Role | None) -> None:
    if target is not None:
        log(instance=target, action=action, user=real, title=str(target))


def _target(wanted: Any) -> User | Role | None:
    if "user" in wanted:
        return User.objects.filter(pk=wanted["user"], is_active=True).first()
    return Role.objects.select_related("group").filter(key=wanted.get("role")).first()


def may_look_at_draft(real: User) -> bool:
    """A draft that nobody approved must show nobody more than they see anyway: who writes themselves a grant
    would read everything at once, by looking as whom it is for."""
    return may_look(real) and real.is_superuser


def draft_can_be_looked_at() -> bool:
    """One that could not be published cannot be read either."""
    return not [p for p in publication.check(payload.dump()) if not p.warning]


@contextmanager
def configuration(*, draft: bool) -> Iterator[None]:
    """What is published, or the working copy as it would read the live records."""
    if not draft:
        yield
        return
    with pinned(publication.as_published(payload.dump()).snapshot):
        yield


def seen_as(real: User, wanted: Any) -> User | None:
    """The user that the request is answered as; None where that is over."""
    target = _target(wanted)
    if isinstance(target, Role):
        return _alone(target)
    if target is None or not may_look_as(real, target):
        return None
    setattr(target, LOOKS_ONLY, True)
    return target


def _alone(role: Role) -> User:
    """Somebody who is in no team and has this role and no other: it stands in no table."""
    user = User(pk=NOBODYS_ID, username=role.key, first_name=str(role.label), is_active=True)
    user._state.adding = False
    rows = Permission.objects.filter(group=role.group).select_related("content_type")
    granted = {f"{p.content_type.app_label}.{p.codename}" for p in rows}
    for cache in ("_perm_cache", "_user_perm_cache", "_group_perm_cache"):
        setattr(user, cache, granted)
    setattr(user, ROLE_ALONE, role.key)
    return user


class LookingAs:
    """The request is the other one's, except where looking ends and where one logs out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Visitors and programs without a session are not asked for one.
        has_one = settings.SESSION_COOKIE_NAME in request.COOKIES
        wanted = request.session.get(KEY) if has_one else None
        if not wanted or request.path in _own():
            return self.get_response(request)
        real = request.user
        shown = seen_as(real, wanted) if isinstance(real, User) and may_look(real) else None
        draft = bool(wanted.get("draft"))
        if shown is None or not isinstance(real, User) or (draft and not _draft_shown(real)):
            request.session.pop(KEY, None)
            return self.get_response(request)
        request.looking = Looking(real, str(shown), draft)  # type: ignore[attr-defined]
        if request.method not in SAFE:
            return render(request, "records/looking/refused.html", status=403)
        request.user = shown
        with configuration(draft=draft):
            return self.get_response(request)


def _draft_shown(real: User) -> bool:
    return may_look_at_draft(real) and draft_can_be_looked_at()


def _own() -> tuple[str, ...]:
    return (reverse("look_as:stop"), reverse("wagtailadmin_logout"))
