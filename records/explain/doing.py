"""Doing what an explanation says it would take, for administrators: a grant in the working copy, which holds once it
is published, or a role given to somebody, which holds at once."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from crm_config.members import OWN_ROLE, would_take
from crm_config.models import RecordType, Role, User
from crm_config.words.access import ACTIONS, SCOPES_IN_FULL
from crm_config.working_copy import rights
from crm_config.working_copy.roles import set_members
from records.errors import Forbidden
from records.explain.remedies import WIDENING
from records.explain.tree import Remedy


def drafted(remedy: Remedy, type_key: str) -> dict[str, str]:
    """The scopes that the working copy has for the actions of a remedy. Raises `Forbidden`."""
    if not RecordType.objects.filter(key=type_key, retired=False).exists():
        raise Forbidden(_("Such records are not in the working copy any more."))
    found = {
        grant.action: grant.scope
        for grant in _role(remedy).grants.filter(record_type=type_key, action__in=remedy.grants)
    }
    return {action: found.get(action, rights.NONE) for action in remedy.grants}


def said(remedy: Remedy, type_key: str) -> list[str]:
    """What becomes of each grant, in words; empty where the working copy reaches as far already."""
    before = drafted(remedy, type_key)
    return [
        _("%(action)s: %(before)s → %(after)s")
        % {
            "action": ACTIONS[action],
            "before": SCOPES_IN_FULL[before[action]],
            "after": SCOPES_IN_FULL[scope],
        }
        for action, scope in _wider(remedy, before).items()
    ]


@transaction.atomic
def widen(remedy: Remedy, type_key: str) -> None:
    """In the working copy. What reaches further there already stays. Raises `Forbidden`."""
    wanted = _wider(remedy, drafted(remedy, type_key))
    rights.set_scopes(
        _role(remedy), {(type_key, action): scope for action, scope in wanted.items()}
    )


def _wider(remedy: Remedy, before: dict[str, str]) -> dict[str, str]:
    """A condition is taken for narrower than any plain scope, as where the remedy was found."""

    def rank(scope: str) -> int:
        return WIDENING.index(scope) if scope in WIDENING else -1

    return {a: scope for a, scope in remedy.grants.items() if rank(before[a]) < rank(scope)}


def _role(remedy: Remedy) -> Role:
    found = Role.in_use.filter(key=remedy.role).select_related("group").first()
    if found is None:
        raise Forbidden(_("The role is not in the working copy any more."))
    return found


@transaction.atomic
def give_role(remedy: Remedy, user: User, *, by: User) -> None:
    """Raises `Forbidden` where two persons are asked for, and somebody would take it themselves."""
    role = _role(remedy)
    if user == by and would_take(by, [role.group]):
        raise Forbidden(str(OWN_ROLE))
    set_members(role, {*role.group.user_set.all(), user})
