"""Wagtail's app of users with screens of our own, as `INSTALLED_APPS` names it."""

from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(WagtailUsersAppConfig):
    user_viewset = "crm_config.user_admin.views.UserViewSet"
