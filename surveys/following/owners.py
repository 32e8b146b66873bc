"""To whom a follow-up falls: somebody who is here, found anew each time."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count

from crm_config.models import User
from records.models import Record
from surveys.definitions import FollowUpDef
from surveys.models import FollowUp
from workflows.automations.people import named, present
from workflows.people import leads, teams_of, with_role


def owner_of(rule: FollowUpDef, about: Record | None, now: datetime) -> User | None:
    """Of several, whoever has the fewest open ones. The absent are passed over."""
    people = present(candidates(rule, about), now)
    if len(people) < 2:
        return next(iter(people), None)
    open_ones = FollowUp.objects.filter(owner__in=people).exclude(status=FollowUp.Status.CLOSED)
    load = dict(open_ones.order_by().values_list("owner").annotate(number=Count("pk")))
    return min(people, key=lambda person: (load.get(person.pk, 0), person.pk))


def candidates(rule: FollowUpDef, about: Record | None) -> list[User]:
    """Where nobody has the record, those who lead its team."""
    if rule.to.get("user"):
        return named([str(rule.to["user"])])
    if rule.to.get("role"):
        return with_role(str(rule.to["role"]))
    if about is None:
        return []
    if rule.to.get("of") != "team" and about.owner_id is not None:
        owners = list(User.objects.filter(pk=about.owner_id, is_active=True))
        if owners:
            return owners
    teams = [about.team_id] if about.team_id is not None else teams_of(about.owner_id)
    return list(User.objects.filter(pk__in=leads(teams), is_active=True).order_by("pk"))


def team_of(about: Record | None, owner: User | None) -> int | None:
    """That of the record; without one, the owner's, where they are in one alone."""
    if about is not None and about.team_id is not None:
        return about.team_id
    own = teams_of(owner.pk) if owner else []
    return own[0] if len(own) == 1 else None
