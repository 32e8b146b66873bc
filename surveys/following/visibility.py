"""Who sees a follow-up: its owner, who leads its team or one above, and whoever may view the record it is about.
What nobody has, administrators see too. Whoever may change the record, or has or leads it, works on it."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from crm_config.definitions import Snapshot, TypeDef
from crm_config.models import Team
from crm_config.permissions import ADMINISTER
from records.access import Access
from records.errors import NotVisible
from surveys.definitions import surveys_of
from surveys.models import FollowUp
from surveys.piping import person_type
from surveys.results.reach import seen


def visible(access: Access, action: str = "view") -> QuerySet[FollowUp]:
    """The queryset form."""
    rows = FollowUp.objects.select_related("response", "owner", "team")
    if access.authority:
        return rows
    if access.user is None or not access.user.is_active:
        return rows.none()
    return rows.filter(_reach(access, action))


def may_work(row: FollowUp, access: Access) -> bool:
    """Nobody who only looks as somebody else."""
    if access.read_only:
        return False
    return visible(access, "change").filter(pk=row.pk).exists()


def get(pk: int, *, access: Access) -> FollowUp:
    """Raises `NotVisible`."""
    found = visible(access).filter(pk=pk).first()
    if found is None:
        raise NotVisible(pk)
    return found


def _reach(access: Access, action: str) -> Q:
    found = Q(owner__in=[access.user_id, *access.stands_for])
    if teams := led(access):
        found |= Q(team__in=teams)
    if access.user is not None and access.user.has_perm(ADMINISTER):
        found |= Q(owner=None)
    types = [t for t in followed(access.snapshot) if access.may("view", t)]
    return found | seen("record", types, access, action=action)


def led(access: Access) -> set[int]:
    """The teams that one leads, also for the absent, and all below them."""
    standings = (access.standing, *access.stands_for.values())
    found = {team for standing in standings for team in standing.leads}
    if not found:
        return found
    tree = list(Team.objects.values_list("pk", "parent"))
    while more := {pk for pk, parent in tree if parent in found} - found:
        found |= more
    return found


def followed(snapshot: Snapshot) -> list[TypeDef]:
    """The types of what surveys ask about, and of those who answer."""
    found: dict[str, TypeDef] = {}
    for survey in surveys_of(snapshot).values():
        for each in (snapshot.types.get(survey.type), person_type(survey, snapshot)):
            if each is not None and not each.retired and not survey.is_anonymous:
                found[each.key] = each
    return list(found.values())
