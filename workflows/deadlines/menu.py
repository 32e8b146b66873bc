"""The report in the sidebar, for those who see records that are measured."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from records.asker import access_of
from workflows.deadlines.selectors import measured_types


class DeadlinesItem(MenuItem):
    def __init__(self, url: Any) -> None:
        super().__init__(_("Deadlines"), url, name="deadlines", icon_name="history", order=600)

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(measured_types(access_of(request)))
