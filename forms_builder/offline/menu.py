"""The way to forms without a connection, for those who have some."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from forms_builder.offline.offered import offered
from records.asker import access_of


class OfflineItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(offered(access_of(request)))


def item() -> MenuItem:
    url = reverse("forms:offline")
    return OfflineItem(_("Without a connection"), url, name="offline", icon_name="form", order=620)
