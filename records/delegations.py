"""Standing in for somebody who is absent: arranged by themselves or by an administrator, and ended by either."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from crm_config.models import User
from crm_config.permissions import ADMINISTER
from records.errors import Forbidden
from records.models import Delegation

#: As the site's history names them.
GIVEN, ENDED = "records.delegation.give", "records.delegation.end"


def give(*, of: User, to: User, since: datetime, until: datetime, by: User) -> Delegation:
    """Raises `Forbidden` with a reason."""
    if of != by and not by.has_perm(ADMINISTER):
        raise Forbidden(_("Only administrators arrange who stands in for somebody else."))
    if of == to:
        raise Forbidden(_("Nobody stands in for themselves."))
    if not to.is_active:
        raise Forbidden(_("%(name)s does not work here any more.") % {"name": to})
    if until <= max(since, timezone.now()):
        raise Forbidden(_("It must end after it begins, and not before now."))
    found = Delegation.objects.create(
        of=of, to=to, since=since, until=until, by=by, at=timezone.now()
    )
    log(instance=found, action=GIVEN, user=by, title=_title(found))
    return found


def end(found: Delegation, *, by: User) -> None:
    """It is over now; one that has not begun is forgotten."""
    log(instance=found, action=ENDED, user=by, title=_title(found))
    now = timezone.now()
    if found.since >= now:
        found.delete()
    elif found.until > now:
        Delegation.objects.filter(pk=found.pk).update(until=now)


def _title(found: Delegation) -> str:
    return f"{found.of} → {found.to}"


def visible(user: User) -> QuerySet[Delegation]:
    """Those to come and in force: one's own, those one stands in by, and for administrators all."""
    rows = Delegation.objects.filter(until__gt=timezone.now()).select_related("of", "to", "by")
    return rows if user.has_perm(ADMINISTER) else rows.filter(Q(of=user) | Q(to=user))


def endable(user: User) -> QuerySet[Delegation]:
    rows = visible(user)
    return rows if user.has_perm(ADMINISTER) else rows.filter(of=user)
