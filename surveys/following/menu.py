"""Voices in the sidebar, for those who may see records that surveys are about."""

from __future__ import annotations

from django.http import HttpRequest
from wagtail.admin.menu import MenuItem

from records.asker import access_of
from surveys.definitions import surveys_of
from surveys.following.visibility import followed


class VoicesItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        access = access_of(request)
        if not surveys_of(access.snapshot):
            return False
        return any(access.may("view", each) for each in followed(access.snapshot))
