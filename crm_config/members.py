"""Members of roles and teams: each change of them is logged, and where the company asks for two persons, nobody
takes a role or a place in a team themselves.

Roles are handed out in several places (the studio, Wagtail's forms of users, actions on many), so their log
follows the change itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any
from uuid import uuid4

from django.contrib.auth.models import Group
from django.db.models import Model
from django.db.models.signals import m2m_changed
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogActionRegistry, LogFormatter, log

from crm_config.live import live
from crm_config.models import Role, Team, User

ROLE_MEMBERS = "crm_config.role_members"
TEAM_MEMBERS = "crm_config.team_members"

OWN_ROLE = gettext_lazy(
    "You cannot give yourself a role: the company asks for a second person. Let another administrator do it."
)
OWN_TEAM = gettext_lazy(
    "You cannot make yourself a member or a lead: the company asks for a second person. "
    "Let another administrator do it."
)
OWN_TEAM_ABOVE = gettext_lazy(
    "You cannot put a team below one of your own: the company asks for a second person. "
    "Let another administrator do it."
)


def takes_two() -> bool:
    """The published setting decides, so that nobody can switch it off alone."""
    return live().company.two_person


def would_take(by: User, groups: Collection[Group]) -> bool:
    """Whether somebody would give themselves a role among the groups that they do not have yet."""
    wanted = Role.objects.filter(group__in=groups).exclude(group__user=by.pk)
    return takes_two() and wanted.exists()


class MembersChanged(LogFormatter):
    """Who came and who went, by name."""

    label = gettext_lazy("Change members")

    def format_message(self, log_entry: Any) -> str:
        before, after = (log_entry.data.get(part, []) for part in ("before", "after"))
        came = [name for name in after if name not in before]
        went = [name for name in before if name not in after]
        told = [
            text % {"names": ", ".join(names)}
            for text, names in (
                (_("Members added: %(names)s"), came),
                (_("Members removed: %(names)s"), went),
            )
            if names
        ]
        return ". ".join(told)


def register(actions: LogActionRegistry) -> None:
    for action in (ROLE_MEMBERS, TEAM_MEMBERS):
        actions.register_action(action)(MembersChanged)


def tell(instance: Model, action: str, before: Iterable[str], after: Iterable[str]) -> None:
    """One entry, if anything changed. Under an id of its own: of several with one id, histories show the last."""
    was, now = sorted(before), sorted(after)
    if was != now:
        log(instance=instance, action=action, uuid=uuid4(), data={"before": was, "after": now})


def names_in(team: Team) -> list[str]:
    people = team.memberships.values_list("user__username", "lead")
    return [_("%(name)s (lead)") % {"name": name} if lead else name for name, lead in people]


def follow(
    sender: Any, instance: Any, action: str, reverse: bool, pk_set: set[int] | None, **kwargs: Any
) -> None:
    """Members of groups changed: tell it of the roles among them."""
    if action not in ("post_add", "post_remove", "pre_clear"):
        return
    groups, moved = ({instance.pk}, pk_set) if reverse else (pk_set, {instance.pk})
    roles = Role.objects.select_related("group")
    concerned = (
        roles.filter(group__in=groups)
        if groups is not None
        else roles.filter(group__user=instance.pk)
    )
    for role in concerned:
        _tell_of(role, moved, added=action == "post_add", gone=action == "post_remove")


def _tell_of(role: Role, moved: set[int] | None, *, added: bool, gone: bool) -> None:
    """`moved` have come (`added`) or are `gone` already; otherwise they are about to go. None: all members."""
    there = dict(role.group.user_set.values_list("pk", "username"))
    those = there.keys() if moved is None else moved
    rest = {name for pk, name in there.items() if pk not in those}
    if added:
        tell(role, ROLE_MEMBERS, rest, there.values())
    elif gone:
        left = User.objects.filter(pk__in=those).values_list("username", flat=True)
        tell(role, ROLE_MEMBERS, {*there.values(), *left}, there.values())
    else:
        tell(role, ROLE_MEMBERS, there.values(), rest)


def connect() -> None:
    m2m_changed.connect(follow, sender=User.groups.through, dispatch_uid="crm_config.members")
