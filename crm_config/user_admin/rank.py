"""Whom somebody may change among those who log in, and which groups they may hand out.

Superusers are changed by superusers alone, and administrators (members of a role that administers) by
administrators: whoever sets another's password or address may log in as them.
"""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.db.models import Q, QuerySet

from crm_config.live import live
from crm_config.models import Role, User
from crm_config.permissions import ADMINISTER


def groups_that_administer() -> QuerySet[Group]:
    """Of roles that administer as published, will once that is published, or may when they come back."""
    published = [role.key for role in live().roles.values() if role.administers]
    roles = Role.objects.filter(Q(key__in=published) | Q(administers=True) | Q(removed=True))
    return Group.objects.filter(role__in=roles)


def groups_to_give(by: User) -> QuerySet[Group]:
    groups = Group.objects.order_by("name")
    if by.has_perm(ADMINISTER):
        return groups
    return groups.exclude(pk__in=groups_that_administer())


def may_change(by: User, person: User) -> bool:
    if by.is_superuser:
        return True
    if person.is_superuser:
        return False
    return by.has_perm(ADMINISTER) or not (
        person.groups.filter(pk__in=groups_that_administer()).exists()
    )


def changeable(by: User, people: QuerySet[User]) -> QuerySet[User]:
    """The queryset form of `may_change`."""
    if by.is_superuser:
        return people
    if by.has_perm(ADMINISTER):
        return people.exclude(is_superuser=True)
    return people.exclude(
        Q(is_superuser=True) | Q(pk__in=User.objects.filter(groups__in=groups_that_administer()))
    )
