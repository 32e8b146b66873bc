"""All record types share one viewset: addresses are made once at start, types come and go by publication.
Tokens of the API have one of their own."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSet

from records import urls
from records.imports import urls as import_urls
from records.views.conditions import urls as condition_urls
from records.views.delegations import AwayView, EndView
from records.views.looking import LookView, StopView
from records.views.tokens import NewTokenView, RevokeTokenView, TokensView


class RecordsViewSet(ViewSet):
    name = "records"
    url_prefix = "records"
    icon = "doc-empty"

    def get_urlpatterns(self) -> list[Any]:
        return urls.urlpatterns


class ImportsViewSet(ViewSet):
    name = "imports"
    url_prefix = "imports"
    icon = "upload"

    def get_urlpatterns(self) -> list[Any]:
        return import_urls.urlpatterns


class ConditionsViewSet(ViewSet):
    name = "conditions"
    url_prefix = "conditions"
    icon = "tasks"

    def get_urlpatterns(self) -> list[Any]:
        return condition_urls.urlpatterns


class TokensViewSet(ViewSet):
    name = "api_tokens"
    url_prefix = "api-tokens"
    icon = "key"
    menu_label = _("API tokens")
    menu_order = 610
    add_to_settings_menu = True

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", TokensView.as_view(), name="index"),
            path("new/", NewTokenView.as_view(), name="add"),
            path("<int:pk>/revoke/", RevokeTokenView.as_view(), name="revoke"),
        ]


class AwayViewSet(ViewSet):
    """Who stands in for whom."""

    name = "away"
    url_prefix = "away"
    icon = "calendar-alt"
    menu_label = _("I am away")
    menu_order = 600
    add_to_settings_menu = True

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", AwayView.as_view(), name="index"),
            path("<int:pk>/end/", EndView.as_view(), name="end"),
        ]


class LookAsViewSet(ViewSet):
    """Seeing the admin as others do."""

    name = "look_as"
    url_prefix = "look-as"
    icon = "view"

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", LookView.as_view(), name="index"),
            path("stop/", StopView.as_view(), name="stop"),
        ]
