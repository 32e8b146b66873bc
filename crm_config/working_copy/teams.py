"""Who is in a team, and who leads it. Live data: it holds at once."""

from collections.abc import Iterable

from django.db import transaction

from crm_config.members import TEAM_MEMBERS, names_in, tell
from crm_config.models import Membership, Team, User


@transaction.atomic
def set_members(team: Team, members: Iterable[User], *, leads: Iterable[User]) -> None:
    """Leads are members too. Who came and went is logged."""
    before = names_in(team)
    leading = {user.pk for user in leads}
    wanted = {user.pk for user in members} | leading
    known = {m.user_id: m for m in team.memberships.all()}
    team.memberships.exclude(user__in=wanted).delete()
    for user in wanted:
        membership = known.get(user)
        if membership is None:
            Membership.objects.create(team=team, user_id=user, lead=user in leading)
        elif membership.lead != (user in leading):
            membership.lead = user in leading
            membership.save(update_fields=["lead"])
    tell(team, TEAM_MEMBERS, before, names_in(team))


@transaction.atomic
def remove(team: Team) -> None:
    """Raises `ProtectedError` where something still belongs to it. Its last members are logged."""
    before, pk = names_in(team), team.pk
    team.delete()
    team.pk = pk
    tell(team, TEAM_MEMBERS, before, ())
