"""Sendings in the sidebar, for those who may send surveys."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from records.access import Access
from records.asker import access_of
from surveys.definitions import SurveyDef, surveys_of
from surveys.sending.rights import may_send


class SendingItem(MenuItem):
    def __init__(self, url: Any) -> None:
        super().__init__(_("Sending surveys"), url, name="sending", icon_name="mail", order=620)

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(sendable(access_of(request)))


def sendable(access: Access) -> list[SurveyDef]:
    found = surveys_of(access.snapshot).values()
    return [survey for survey in found if not survey.retired and may_send(survey, access)]
