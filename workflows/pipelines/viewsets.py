"""Boards and moves in Wagtail's admin."""

from typing import Any

from wagtail.admin.viewsets.base import ViewSet

from workflows.pipelines import urls


class PipelinesViewSet(ViewSet):
    name = "pipelines"
    url_prefix = "pipelines"
    icon = "kanban"

    def get_urlpatterns(self) -> list[Any]:
        return urls.urlpatterns
