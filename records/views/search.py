"""One search box over all record types."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from records.selectors.choosing import creatable
from records.selectors.recent import recent
from records.selectors.search import Hits, search_all
from records.views.base import Crumbs, ScreenMixin
from records.views.state import ListState


class SearchView(ScreenMixin, TemplateView):
    """A page, and what the search box of every screen (Ctrl or Cmd-K) shows while somebody types."""

    template_name = "records/search.html"
    part_template = "records/search/hits.html"
    header_icon = "search"

    def get_page_title(self) -> str:
        return _("Search")

    def get_breadcrumbs_items(self) -> Crumbs:
        return [*self.breadcrumbs_items, {"label": self.get_page_title(), "url": ""}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        text = self.request.GET.get("q", "").strip()
        hits = search_all(text, access=self.access)
        return super().get_context_data(
            text=text,
            hits=[(each, more_url(each, text)) for each in hits],
            recent=[] if text else recent(access=self.access),
            creatable=[] if text else creatable(self.access),
            **kwargs,
        )


def more_url(hits: Hits, text: str) -> str:
    return ListState(search=text).url(hits.type) if hits.more else ""
