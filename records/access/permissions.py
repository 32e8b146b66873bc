"""The fixed set of permissions that Django and Wagtail ask by name: `records.view_record`, …

Each is one predicate that asks the published configuration. With a record, about that record; without one,
whether the action is granted on anything at all.
"""

import rules
from django.contrib.auth.models import AnonymousUser

from crm_config.definitions import ACTIONS
from crm_config.models import User
from records.access.access import Access
from records.models import Record


def predicate(action: str) -> rules.Predicate:
    """Always True or False: a predicate that gave None would be passed over."""

    @rules.predicate(name=f"may_{action}")
    def may(user: User | AnonymousUser, record: Record | None = None) -> bool:
        access = Access.of(user)
        if record is None:
            return any(access.may(action, t) for t in access.snapshot.active_types)
        record_type = access.snapshot.types.get(record.type)
        return record_type is not None and access.allows(action, record, record_type)

    return may


def name_of(action: str) -> str:
    return f"records.{action}_record"


def register() -> None:
    for action in ACTIONS:
        rules.add_perm(name_of(action), predicate(action))
