"""Adding and changing roles. A role is carried by a Django group, which people are members of."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from crm_config.models import FieldGrant, Role, TypeGrant, User
from crm_config.sections.roles import RoleSection, forget, remove


@transaction.atomic
def add_role(
    *, key: str, labels: Mapping[str, str], administers: bool = False, like: Role | None = None
) -> Role:
    """A new role, with the grants of another one if `like` is given. It begins without members, also where an
    older role had its key."""
    forget(key)
    raw: dict[str, Any] = {"key": key, "labels": dict(labels), "administers": administers}
    RoleSection().load([raw], replace=False)
    role = Role.objects.select_related("group").get(key=key)
    if like is not None:
        copy_grants(like, role)
    return role


def copy_grants(source: Role, target: Role) -> None:
    for grant in source.grants.all():
        TypeGrant.objects.create(
            role=target,
            record_type=grant.record_type,
            action=grant.action,
            scope=grant.scope,
            condition=grant.condition,
        )
    for right in source.field_grants.all():
        FieldGrant.objects.create(
            role=target,
            record_type=right.record_type,
            field=right.field,
            access=right.access,
            condition=right.condition,
        )


def change_role(role: Role, *, labels: Mapping[str, str], administers: bool) -> None:
    role.labels, role.administers = dict(labels), administers
    role.save(update_fields=["labels", "administers"])


def set_members(role: Role, members: Iterable[User]) -> None:
    """Live data: it holds at once."""
    role.group.user_set.set(members)


def remove_role(role: Role) -> None:
    """Its members have it until that is published."""
    remove(role)
