"""API tokens: made, found by their secret, revoked."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet, Subquery
from django.utils import timezone
from wagtail.log_actions import log

from crm_config import live
from crm_config.models import ConfigSnapshot, User
from crm_config.permissions import ADMINISTER
from records import token_scopes
from records.models import ApiToken

#: As the site's history names them.
CREATED, REVOKED = "records.token.create", "records.token.revoke"

BEGINS = "relata_"
SHOWN = len(BEGINS) + 6
#: How exactly `last_used_at` is kept: busy programs cost one write in this time.
USE_NOTED_EVERY = timedelta(minutes=1)


def issue(
    *, user: User, name: str, scopes: Sequence[str], expires_at: datetime | None = None
) -> tuple[ApiToken, str]:
    """A new token, and its secret, which is known at this moment alone. Raises `BadScope`."""
    token_scopes.parse(scopes)
    secret = BEGINS + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        user=user,
        name=name,
        prefix=secret[:SHOWN],
        digest=digest(secret),
        scopes=list(scopes),
        expires_at=expires_at,
    )
    log(instance=token, action=CREATED, user=user)
    return token, secret


def digest(secret: str) -> str:
    """The secret is random and long: a plain hash cannot be turned back, nor guessed at."""
    return hashlib.sha256(secret.encode()).hexdigest()


def find(secret: str) -> ApiToken | None:
    """The token of a secret, with its user; also expired and revoked ones. The version of the configuration
    comes along in the same query, and is held for the rest of the request."""
    newest = ConfigSnapshot.objects.order_by("-version")
    found = (
        ApiToken.objects.select_related("user")
        .annotate(
            config_version=Subquery(newest.values("version")[:1]),
            config_digest=Subquery(newest.values("digest")[:1]),
        )
        .filter(digest=digest(secret))
        .first()
    )
    if found is not None and found.config_version is not None:
        live.hold(found.config_version, found.config_digest)
    return found


def note_use(token: ApiToken) -> None:
    """At most one write a minute."""
    now = timezone.now()
    unnoted = Q(last_used_at=None) | Q(last_used_at__lt=now - USE_NOTED_EVERY)
    if token.last_used_at is None or token.last_used_at < now - USE_NOTED_EVERY:
        ApiToken.objects.filter(unnoted, pk=token.pk).update(last_used_at=now)


def revoke(token: ApiToken, *, by: User | None = None) -> None:
    """For ever; a second time changes nothing."""
    now = timezone.now()
    if ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now):
        token.revoked_at = now
        log(instance=token, action=REVOKED, user=by)


def visible(user: User) -> QuerySet[ApiToken]:
    """A user's own tokens; all of them for administrators."""
    found = ApiToken.objects.select_related("user")
    return found if user.has_perm(ADMINISTER) else found.filter(user=user.pk)
