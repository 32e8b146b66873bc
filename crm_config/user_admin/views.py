"""Wagtail's screens of users, each asked about the very person."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail.users.views import users

from crm_config.user_admin.forms import AddUserForm, ChangeUserForm
from crm_config.user_admin.rank import may_change


class _OnePerson:
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_change(request.user, self.get_object()):  # type: ignore[attr-defined, arg-type]
            raise PermissionDenied
        answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return answer


class _Form:
    request: HttpRequest

    def get_form_kwargs(self) -> dict[str, Any]:
        given: dict[str, Any] = super().get_form_kwargs()  # type: ignore[misc]
        return {**given, "by": self.request.user}


class UsersView(users.IndexView):
    """Without the way to what would be refused."""

    def get_edit_url(self, instance: Any) -> str | None:
        url: str | None = super().get_edit_url(instance)
        return url if may_change(self.request.user, instance) else None

    def get_delete_url(self, instance: Any) -> str | None:
        url: str | None = super().get_delete_url(instance)
        return url if may_change(self.request.user, instance) else None


class AddUserView(_Form, users.CreateView):
    pass


class ChangeUserView(_OnePerson, _Form, users.EditView):
    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.can_delete &= may_change(request.user, self.object)  # type: ignore[arg-type]


class DeleteUserView(_OnePerson, users.DeleteView):
    pass


class UserViewSet(users.UserViewSet):
    #: A copy would be of the password, too.
    copy_view_enabled = False
    index_view_class = UsersView
    add_view_class = AddUserView
    edit_view_class = ChangeUserView
    delete_view_class = DeleteUserView
    create_template_name = "crm_config/users/create.html"

    def get_form_class(self, for_update: bool = False) -> Any:
        return ChangeUserForm if for_update else AddUserForm
