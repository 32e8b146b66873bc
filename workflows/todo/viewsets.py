"""The to-do list in Wagtail's admin."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.base import ViewSet

from workflows.todo import urls


class TodoViewSet(ViewSet):
    name = "todo"
    url_prefix = "todo"
    icon = "list-check"
    menu_label = _("To do")
    menu_order = 5
    add_to_admin_menu = True

    def get_urlpatterns(self) -> list[Any]:
        return urls.urlpatterns
