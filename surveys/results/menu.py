"""Surveys in the sidebar, for those who may read some results."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from records.asker import access_of
from surveys.definitions import surveys_of
from surveys.results.reach import may_read


class SurveysItem(MenuItem):
    def __init__(self, url: Any) -> None:
        super().__init__(_("Surveys"), url, name="surveys", icon_name="tasks", order=65)

    def is_shown(self, request: HttpRequest) -> bool:
        access = access_of(request)
        return any(may_read(survey, access) for survey in surveys_of(access.snapshot).values())
