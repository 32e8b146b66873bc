"""What Wagtail does with many users at once, each of them asked about. They take the place of its own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from wagtail.users.views.bulk_actions import (
    AssignRoleBulkAction,
    DeleteBulkAction,
    SetActiveStateBulkAction,
)

from crm_config.members import OWN_ROLE, would_take
from crm_config.models import User
from crm_config.user_admin.rank import groups_to_give, may_change


class _EachPerson:
    request: Any

    def check_perm(self, obj: User) -> bool:
        allowed: bool = super().check_perm(obj)  # type: ignore[misc]
        return allowed and may_change(self.request.user, obj)


class GroupForm(forms.Form):
    role = forms.ModelChoiceField(queryset=Group.objects.none())

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].queryset = groups_to_give(by)  # type: ignore[attr-defined]


class AssignRole(_EachPerson, AssignRoleBulkAction):
    form_class = GroupForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "by": self.request.user}

    def form_valid(self, form: GroupForm) -> HttpResponse:
        by, people = self.request.user, self.get_actionable_objects()[0]
        if by in people and would_take(by, [form.cleaned_data["role"]]):
            form.add_error("role", ValidationError(OWN_ROLE, code="own_role"))
            return self.form_invalid(form)
        return super().form_valid(form)


class Delete(_EachPerson, DeleteBulkAction):
    pass


class SetActiveState(_EachPerson, SetActiveStateBulkAction):
    pass


ACTIONS = (AssignRole, Delete, SetActiveState)
