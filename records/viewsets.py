"""All record types share one viewset: addresses are made once at start, types come and go by publication."""

from typing import Any

from wagtail.admin.viewsets.base import ViewSet

from records import urls


class RecordsViewSet(ViewSet):
    name = "records"
    url_prefix = "records"
    icon = "doc-empty"

    def get_urlpatterns(self) -> list[Any]:
        return urls.urlpatterns
