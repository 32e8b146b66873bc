"""Who may describe the company: one question, asked by every screen of the studio."""

from typing import Any

import rules
from wagtail.permission_policies.base import BasePermissionPolicy

from crm_config.live import live
from crm_config.models import Role, User

ADMINISTER = "crm_config.administer"
#: By these names Wagtail asks who reads in its history of the site what became of roles and teams.
READ = ("crm_config.view_role", "crm_config.view_team")


@rules.predicate
def administers(user: object) -> bool:
    """Superusers, and members of a role that is published as administering. Before the first
    publication there are no such roles."""
    if not isinstance(user, User) or not user.is_active:
        return False
    if user.is_superuser:
        return True
    snapshot = live()
    # A page asks a dozen times. Kept with the user for as long as Django keeps their other permissions.
    known: dict[int, bool] = user.__dict__.setdefault("_administers", {})
    if snapshot.version not in known:
        roles = [role.key for role in snapshot.roles.values() if role.administers]
        held = Role.objects.filter(key__in=roles, group__user=user.pk)
        known[snapshot.version] = bool(roles) and held.exists()
    return known[snapshot.version]


def register() -> None:
    for name in (ADMINISTER, *READ):
        if not rules.perm_exists(name):
            rules.add_perm(name, administers)


class AdministratorsPolicy(BasePermissionPolicy):
    """The same question, as Wagtail's generic views ask it."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return bool(user.has_perm(ADMINISTER))
