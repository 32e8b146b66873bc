"""Who may do what with documents, images and collections in Wagtail's own screens: nobody anything with those of
records.

Rights on the root collection reach every collection below it, superusers' rights all of them. Records' files
are opened, changed and deleted through their records alone, so Wagtail's policies are asked about the rest.
"""

from __future__ import annotations

from collections.abc import Collection as Several
from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection
from wagtail.permission_policies.collections import (
    CollectionManagementPermissionPolicy,
    CollectionOwnershipPermissionPolicy,
)
from wagtail.permissions import register_permission_policy

from records.uploads import COLLECTION


class _NotOfRecords:
    """Laid over one of Wagtail's policies: each question in its instance form and its queryset form."""

    @staticmethod
    def of_records(instance: Any) -> bool:
        """Whether a document or image, or a collection, is one of records."""
        collection = instance if isinstance(instance, Collection) else instance.collection
        return bool(collection.name == COLLECTION)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return not self.of_records(instance) and bool(
            super().user_has_permission_for_instance(user, action, instance)  # type: ignore[misc]
        )

    def user_has_any_permission_for_instance(
        self, user: Any, actions: Iterable[str], instance: Any
    ) -> bool:
        return not self.of_records(instance) and bool(
            super().user_has_any_permission_for_instance(user, actions, instance)  # type: ignore[misc]
        )

    def users_with_any_permission_for_instance(
        self, actions: Iterable[str], instance: Any
    ) -> QuerySet[Any]:
        if self.of_records(instance):
            return get_user_model()._default_manager.none()
        found: QuerySet[Any] = super().users_with_any_permission_for_instance(actions, instance)  # type: ignore[misc]
        return found

    def collections_user_has_any_permission_for(
        self, user: Any, actions: Several[str]
    ) -> QuerySet[Collection]:
        found: QuerySet[Collection] = super().collections_user_has_any_permission_for(user, actions)  # type: ignore[misc]
        return found.exclude(name=COLLECTION)


class UploadPolicy(_NotOfRecords, CollectionOwnershipPermissionPolicy):
    """Of documents and images."""

    def instances_user_has_any_permission_for(
        self, user: Any, actions: Several[str]
    ) -> QuerySet[Any]:
        found: QuerySet[Any] = super().instances_user_has_any_permission_for(user, actions)
        return found.exclude(collection__name=COLLECTION)


class CollectionPolicy(_NotOfRecords, CollectionManagementPermissionPolicy):
    """Of collections themselves: the closed one is not opened, renamed, moved or built upon."""

    def instances_user_has_permission_for(self, user: Any, action: str) -> QuerySet[Collection]:
        found: QuerySet[Collection] = super().instances_user_has_permission_for(user, action)
        return found.exclude(name=COLLECTION)


def register() -> None:
    """For these very models: what Wagtail's apps register for a model and its heirs comes second, whichever
    was first."""
    for model in (get_document_model(), get_image_model()):
        policy = UploadPolicy(model, owner_field_name="uploaded_by_user")
        register_permission_policy(model, policy, exact_class=True)
    register_permission_policy(Collection, CollectionPolicy(Collection), exact_class=True)
