"""The cast: owner, teammate, and an outsider who must see nothing; with a manager and an administrator.

`owner` and `teammate` are in team North with the roles sales (own) and support (team); `manager` leads
Company, above North; `stranger` has the sales role in team South; `outsider` has no role at all.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group, Permission

from crm_config.models import ConfigSnapshot, Membership, Role, Team, User
from records import services
from records.access import Access
from records.gate import Change
from tests import company as small
from tests.kept import kept


@dataclass
class Cast:
    administrator: User
    manager: User
    owner: User
    teammate: User
    stranger: User
    outsider: User
    north: Team
    south: Team

    def everyone(self) -> dict[str, User]:
        names = ("administrator", "manager", "owner", "teammate", "stranger", "outsider")
        return {name: getattr(self, name) for name in names}


def join(user: User, role: str, team: Team | None = None, *, lead: bool = False) -> User:
    group: Group = Role.objects.get(key=role).group
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user.groups.add(group)
    if team is not None:
        Membership.objects.create(team=team, user=user, lead=lead)
    return user


def person(name: str) -> User:
    return User.objects.create_user(
        name, email=f"{name}@example.com", password=name, first_name=name.capitalize()
    )


@kept
def company() -> ConfigSnapshot:
    return small.publish()


@kept
def cast(company: ConfigSnapshot) -> Cast:
    top = Team.objects.create(name="Company")
    north, south = (Team.objects.create(name=name, parent=top) for name in ("North", "South"))
    return Cast(
        administrator=join(person("administrator"), "administrator"),
        manager=join(person("manager"), "manager", top, lead=True),
        owner=join(person("owner"), "sales", north),
        teammate=join(person("teammate"), "support", north),
        stranger=join(person("stranger"), "sales", south),
        outsider=person("outsider"),
        north=north,
        south=south,
    )


def create(record_type: str, user: User | None = None, **values: Any) -> int:
    """A record made through the gate, by the system or by a user; its id."""
    access = Access.of(user) if user else Access.system()
    change = Change("create", type=record_type, values=values)
    receipt = services.execute_or_raise([change], access=access, channel="system")
    record_id = receipt.outcomes[0].id
    assert record_id is not None
    return record_id
