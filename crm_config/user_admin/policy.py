"""Wagtail's questions about users: what it grants on all of them, as far as one may change each."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from crm_config.models import User
from crm_config.user_admin.rank import changeable, may_change


class UserPolicy(ModelPermissionPolicy):
    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return bool(self.user_has_permission(user, action)) and may_change(user, instance)

    def user_has_any_permission_for_instance(
        self, user: Any, actions: Collection[str], instance: Any
    ) -> bool:
        return bool(self.user_has_any_permission(user, actions)) and may_change(user, instance)

    def instances_user_has_any_permission_for(
        self, user: Any, actions: Collection[str]
    ) -> QuerySet[Any]:
        found: QuerySet[Any] = super().instances_user_has_any_permission_for(user, actions)
        return changeable(user, found) if isinstance(user, User) else found.none()


def register() -> None:
    """For this very model: what Wagtail's app registers for it and its heirs comes second, whichever was
    first."""
    register_permission_policy(User, UserPolicy(User), exact_class=True)
