"""What somebody may do, or would be able to do, under a version of the configuration that is not theirs yet."""

from __future__ import annotations

from dataclasses import replace

from crm_config.definitions import Snapshot
from crm_config.live import live, pinned
from crm_config.models import User
from records.access import Access
from records.access.people import Standing

#: No user has it.
NOT_A_USER = 0


def everybody() -> list[Access]:
    """The access of all who may log in, as it is; in the order of their ids. The published version is pinned,
    so that it is asked for once."""
    users = User.objects.filter(is_active=True).order_by("pk")
    with pinned(live()):
        return [Access.of(user) for user in users]


def under(access: Access, snapshot: Snapshot) -> Access:
    """The same person under another version."""
    return replace(access, snapshot=snapshot)


def by_role(access: Access, role: str) -> Access:
    """The same person, in the same teams, with one role and nothing else that lets them."""
    stands = access.standing
    alone = Standing((role,), teams=stands.teams, below=stands.below, leads=stands.leads)
    return Access(access.snapshot, access.user, alone, now=access.now)


def role_alone(role: str, snapshot: Snapshot) -> Access:
    """Somebody in no team who owns nothing, with the role. Not nobody: what has no owner is nobody's."""
    return Access(snapshot=snapshot, user=User(pk=NOT_A_USER), standing=Standing(roles=(role,)))


def has(access: Access, role: str) -> bool:
    return role in access.standing.roles and not access.unlimited
