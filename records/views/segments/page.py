"""One segment: what it is, how many are in it, the first of them, how it grew, and who entered and left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets.button import Button, HeaderButton

from crm_config.permissions import ADMINISTER
from crm_config.segments import SegmentDef
from records.errors import NotVisible
from records.models import SegmentCount
from records.panels.list_actions import offered
from records.segments import selectors
from records.segments.jobs import count_soon
from records.segments.rights import may_keep, may_read_condition, named, sees_whole, usable
from records.selectors import count, page
from records.selectors.lists import Query
from records.views.base import Crumbs, TypeMixin, TypeScreen, list_url, segment_url
from records.views.cells import rows_of
from records.views.lists import count_text
from records.views.segments.overview import KINDS
from records.views.state import ListState

FIRST_ROWS = 10
COLUMNS = 5
#: The chart's drawing, in units of its own.
WIDTH, HEIGHT, GAP = 600, 120, 2


class SegmentMixin(TypeMixin):
    """A screen about one segment, named in the address with its record type."""

    @cached_property
    def segment(self) -> SegmentDef:
        found = named(self.kwargs["segment"], self.access)
        if found.record_type is not self.record_type:
            raise NotVisible(self.kwargs["segment"])
        return found

    @property
    def segment_url(self) -> str:
        return segment_url(self.record_type, self.segment.key)

    def address(self, name: str) -> str:
        return reverse(f"records:{name}", args=[self.record_type.key, self.segment.key])

    @property
    def state(self) -> ListState:
        """The list of its records."""
        return ListState(where={"segment": self.segment.key})


class SegmentScreen(SegmentMixin, TypeScreen):
    def get_breadcrumbs_items(self) -> Crumbs:
        above = [
            (self.record_type.plural_label, list_url(self.record_type)),
            (_("Segments"), reverse("records:segments", args=[self.record_type.key])),
        ]
        if self.get_page_title() != self.segment.label:
            above.append((self.segment.label, self.segment_url))
        return [
            *self.breadcrumbs_items,
            *({"label": label, "url": url} for label, url in above),
            {"label": self.get_page_title(), "url": ""},
        ]


@dataclass(frozen=True)
class Bar:
    """A day's count as the chart draws it."""

    count: SegmentCount
    x: float
    y: float
    width: float
    height: float


def bars(counts: Sequence[SegmentCount]) -> list[Bar]:
    most = max((c.number for c in counts), default=0) or 1
    step = WIDTH / max(len(counts), 12)
    found = []
    for place, each in enumerate(counts):
        height = round(max(each.number / most * HEIGHT, 1), 1)
        bar = Bar(each, round(place * step, 1), round(HEIGHT - height, 1), step - GAP, height)
        found.append(bar)
    return found


class SegmentView(SegmentScreen):
    template_name = "records/segments/segment.html"

    def get_page_title(self) -> str:
        return self.segment.label

    def get_header_buttons(self) -> list[Component]:
        url = self.state.url(self.record_type)
        more = super().get_header_buttons()
        return [HeaderButton(label=_("Open as list"), url=url, icon_name="list-ul"), *more]

    def get_header_more_buttons(self) -> list[Button]:
        more = []
        if self.access.may("export", self.record_type):
            url = self.state.url(self.record_type, "export")
            attrs = {"data-dialog": True}
            more.append(Button(_("Export"), url=url, icon_name="download", attrs=attrs))
        if may_keep(self.segment, self.access):
            url = self.address("segment_import")
            more.append(Button(_("Import"), url=url, icon_name="upload"))
        if self.request.user.has_perm(ADMINISTER):
            url = reverse("studio:segment", args=[self.segment.key])
            more.append(Button(_("Change, and where used"), url=url, icon_name="cogs"))
        return more

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        segment, access = self.segment, self.access
        whole = sees_whole(segment, access)
        counts = selectors.growth(segment, access=access)
        kwargs.pop("segment", None)
        return super().get_context_data(
            segment=segment,
            kind=KINDS[segment.kind],
            words=selectors.in_words(segment, access=access),
            hides_condition=not may_read_condition(segment, access),
            whole=whole,
            count=counts[-1] if counts else None,
            own_count=None if whole else self._own_count(),
            counts=list(reversed(counts)),
            bars=bars(counts),
            chart=(WIDTH, HEIGHT),
            list_url=self.state.url(self.record_type),
            count_url=self.address("segment_count"),
            import_url=self.address("segment_import"),
            sees_moves=selectors.sees_moves(segment, access),
            moves=selectors.moves(segment, access=access),
            days=selectors.moves_by_day(segment, access=access),
            listed=selectors.listed(segment, access=access) if segment.listed else [],
            may_keep=may_keep(segment, access),
            more_bulk=offered(self.record_type, access),
            used_in=[s for s in usable(access) if segment.key in s.uses],
            **self._preview(),
            **kwargs,
        )

    @property
    def query(self) -> Query:
        return self.state.query(self.record_type, usual=self.segment.columns)

    def _own_count(self) -> str:
        return count_text(count(self.query, access=self.access))

    def _preview(self) -> dict[str, Any]:
        found = page(self.query, access=self.access, size=FIRST_ROWS)
        columns = [f for f in found.columns if f.key != "title"][:COLUMNS]
        return {"rows": rows_of(found.rows, columns), "more": found.next is not None}


class SegmentCountView(SegmentMixin, View):
    """GET: how many somebody sees in it, now. POST: count it for everybody again."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        query = self.state.query(self.record_type)
        found = count(query, access=self.access, exactly=True)
        return HttpResponse(count_text(found), content_type="text/plain; charset=utf-8")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.insist(sees_whole(self.segment, self.access))
        count_soon([self.segment.key], user=self.access.user)
        messages.success(request, _("It is being counted: load the page again in a moment."))
        return HttpResponseRedirect(self.segment_url)
