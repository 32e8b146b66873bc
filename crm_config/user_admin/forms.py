"""Adding and changing people who log in: `by` is who does it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from wagtail.users.forms import UserCreationForm, UserEditForm

from crm_config.members import OWN_ROLE, would_take
from crm_config.models import User
from crm_config.user_admin.rank import groups_to_give


class _ByWhom:
    """Offers and takes what that person may hand out. Groups that they may not stay as they are."""

    fields: dict[str, Any]
    cleaned_data: dict[str, Any]
    instance: User

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        if not by.is_superuser:
            self.fields.pop("is_superuser", None)
        self.fields["groups"].queryset = groups_to_give(by)

    def clean_groups(self) -> QuerySet[Group]:
        if self.instance == self.by and would_take(self.by, self.cleaned_data["groups"]):
            raise ValidationError(OWN_ROLE, code="own_role")
        chosen = {group.pk for group in self.cleaned_data["groups"]}
        return Group.objects.filter(Q(pk__in=chosen) | Q(pk__in=self._out_of_reach()))

    def _out_of_reach(self) -> set[int]:
        if self.instance.pk is None:
            return set()
        held = self.instance.groups.exclude(pk__in=groups_to_give(self.by))
        return set(held.values_list("pk", flat=True))


class AddUserForm(_ByWhom, UserCreationForm):
    pass


class ChangeUserForm(_ByWhom, UserEditForm):
    pass
