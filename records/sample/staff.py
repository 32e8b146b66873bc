"""The sample company's teams and logins as rows."""

from dataclasses import dataclass

from crm_config.models import Membership, Role, Team, User
from records.sample.logins import LOGINS, TEAMS, Login


@dataclass(frozen=True)
class Staff:
    users: dict[str, User]
    teams: dict[str, Team]


def is_loaded() -> bool:
    return User.objects.filter(is_sample=True).exists()


def hire() -> Staff:
    teams: dict[str, Team] = {}
    for name, parent in TEAMS:
        teams[name], _new = Team.objects.get_or_create(
            name=name, defaults={"parent": teams[parent] if parent else None}
        )
    return Staff({login.name: _user(login, teams) for login in LOGINS}, teams)


def _user(login: Login, teams: dict[str, Team]) -> User:
    name = _free(login.name)
    user = User.objects.create_user(
        name,
        email=f"{name}@thalassa-danube.example",
        password=name,
        first_name=login.given_name,
        last_name=login.family_name,
        is_sample=True,
        is_superuser=login.role == "administrator",
    )
    if login.role:
        user.groups.add(Role.objects.get(key=login.role).group)
    if login.team:
        Membership.objects.create(user=user, team=teams[login.team], lead=login.leads)
    return user


def _free(name: str) -> str:
    """Somebody's own login of this name is left alone."""
    taken = User.objects.filter(username=name).exists()
    return f"sample_{name}" if taken else name
