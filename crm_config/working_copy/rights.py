"""What roles are granted, in the working copy."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from crm_config.models import FieldGrant, Role, TypeGrant
from crm_config.sections.base import Reference

NONE = "none"
DEFAULT = ""
HIDDEN = "hidden"
WHOLE_ROLE = 2


@transaction.atomic
def set_scopes(role: Role, scopes: Mapping[tuple[str, str], str]) -> None:
    """The scope for each (type, action) given. A condition stays where its scope does."""
    known = {(g.record_type, g.action): g for g in role.grants.all()}
    for (record_type, action), scope in scopes.items():
        grant = known.get((record_type, action))
        if scope == NONE:
            if grant is not None:
                grant.delete()
        elif grant is None:
            TypeGrant.objects.create(role=role, record_type=record_type, action=action, scope=scope)
        elif grant.scope != scope:
            grant.scope, grant.condition = scope, None
            grant.save()


@transaction.atomic
def set_field_rights(role: Role, rights: Mapping[tuple[str, str], str]) -> None:
    """The right for each (type, field) given; empty takes away what was said, so that the type's grants hold."""
    known = {(g.record_type, g.field): g for g in role.field_grants.all()}
    for (record_type, field), access in rights.items():
        grant = known.get((record_type, field))
        if access == DEFAULT:
            if grant is not None:
                grant.delete()
        elif grant is None:
            FieldGrant.objects.create(
                role=role, record_type=record_type, field=field, access=access
            )
        elif grant.access != access:
            grant.access = access
            if access == HIDDEN:
                grant.condition = None
            grant.save()


def set_condition(role: Role, record_type: str, action: str, condition: Any) -> None:
    """The action reaches the records that fit the condition."""
    TypeGrant.objects.update_or_create(
        role=role,
        record_type=record_type,
        action=action,
        defaults={"scope": "condition", "condition": condition},
    )


def set_field_condition(
    role: Role, record_type: str, field: str, access: str, condition: Any
) -> None:
    """The right on the field holds on the records that fit the condition; None: on all."""
    FieldGrant.objects.update_or_create(
        role=role,
        record_type=record_type,
        field=field,
        defaults={"access": access, "condition": condition},
    )


def is_right(reference: Reference) -> bool:
    """Whether it is a role's right: it goes when what it is about is deleted. A condition of a right, which
    merely names it, does not."""
    return reference.source[0] == "roles" and len(reference.source) == WHOLE_ROLE


def goes_with_type(reference: Reference, record_type: str) -> bool:
    """Whether it goes when a whole type is deleted: rights on it, and their conditions."""
    of_its_own = len(reference.source) > WHOLE_ROLE and reference.source[-1].startswith(
        f"{record_type}."
    )
    return is_right(reference) or (reference.source[0] == "roles" and of_its_own)


def forget_rights(record_type: str, fields: Iterable[str] | None = None) -> None:
    """Rights go with what they are about: with a whole type, or with some of its fields."""
    field_grants = FieldGrant.objects.filter(record_type=record_type)
    if fields is not None:
        field_grants.filter(field__in=list(fields)).delete()
        return
    field_grants.delete()
    TypeGrant.objects.filter(record_type=record_type).delete()
