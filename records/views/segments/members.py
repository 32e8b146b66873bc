"""Changing who is in a segment: for those ticked in a list, for one record, and by a file."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from wagtail.admin import messages

from crm_config.conditions.api import ConditionInvalid
from crm_config.segments import SegmentDef
from records.errors import Forbidden, NotVisible
from records.forms.segments import ChangeListForm, ImportMembersForm
from records.segments import bulk, importing, selectors
from records.segments.rights import kept, may_keep, named, usable
from records.segments.services import ACTS, change_list
from records.selectors.names import record_url
from records.views.base import RecordScreen, segment_url
from records.views.bulk import BulkResultView, SelectionMixin
from records.views.segments.page import SegmentScreen
from records.views.state import ListState


class SegmentMembersView(SelectionMixin):
    """For the records that a list's form means."""

    template_name = "records/segments/members.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """There is nothing to do here without a selection."""
        return HttpResponseRedirect(ListState().url(self.record_type))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.insist(bool(self.segments))
        if self.selection.ids == ():
            messages.warning(request, _("Select some records first."))
            return HttpResponseRedirect(self.state.url(self.record_type))
        try:
            return self._post(request)
        except ConditionInvalid:
            messages.error(request, _("The list's filter can no longer be used."))
            return HttpResponseRedirect(self.state.url(self.record_type))

    def _post(self, request: HttpRequest) -> HttpResponse:
        posted = request.POST if "run" in request.POST else None
        form = ChangeListForm(posted, segments=self.segments, initial=self._proposed())
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        given = form.cleaned_data
        job = bulk.start(
            self.selection, given["into"], given["act"], why=given["why"], access=self.access
        )
        query = urlencode({"next": self.state.url(self.record_type)})
        url = reverse("records:segment_result", args=[job.pk])
        return HttpResponseRedirect(f"{url}?{query}")

    def _proposed(self) -> dict[str, Any]:
        """Where the list shows one of these segments: to take records out of it."""
        keys = {s.key for s in self.segments}
        shown = next((key for key in self.state.segments if key in keys), None)
        return {"into": shown, "act": "remove"} if shown else {}

    @cached_property
    def segments(self) -> list[SegmentDef]:
        return kept(self.access, self.record_type)

    def get_page_title(self) -> str:
        return _("Into a segment, or out of it")


class SegmentResultView(BulkResultView):
    """The receipt."""

    kind = bulk.KIND
    template_name = "records/segments/result.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        try:
            segment: SegmentDef | None = named(self.job.args["segment"], self.access)
        except NotVisible:
            segment = None
        return super().get_context_data(
            segment=segment,
            act=self.job.args["act"],
            segment_url=segment_url(segment.record_type, segment.key) if segment else "",
            **kwargs,
        )


class RecordSegmentsView(RecordScreen):
    """The segments that a record is in, and what may be done about it."""

    part_template = "records/segments/record.html"
    keys = ("title",)

    def get_page_title(self) -> str:
        return _("Segments")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST)
        if form is None or request.POST.get("act") not in ACTS or not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        given = form.cleaned_data
        segment = named(given["into"], self.access)
        try:
            outcome = change_list(
                segment, [self.record.id], given["act"], access=self.access, why=given["why"]
            )[0]
        except Forbidden:
            self.insist(False)
            raise
        tell = messages.success if outcome.ok else messages.error
        tell(request, f"{segment.label}: {outcome.message}")
        return self.leave(record_url(self.record.id))

    def form(self, data: Any = None) -> ChangeListForm | None:
        segments = kept(self.access, self.record_type)
        return ChangeListForm(data, segments=segments) if segments else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", self.form())
        segments = usable(self.access, self.record_type)
        return super().get_context_data(rows=self._rows(segments), any=bool(segments), **kwargs)

    def _rows(self, segments: list[SegmentDef]) -> list[dict[str, Any]]:
        """Those that it is in, and those that it is kept out of by hand."""
        entries = selectors.entries_of(self.record.id, [s.key for s in segments if s.listed])
        inside = selectors.holding(segments, self.record.id, access=self.access)
        return [
            {
                "segment": s,
                "url": segment_url(self.record_type, s.key),
                "inside": s.key in inside,
                "entry": entries.get(s.key),
                "may_keep": may_keep(s, self.access),
            }
            for s in segments
            if s.key in inside or s.key in entries
        ]


class ImportMembersView(SegmentScreen):
    """First what each line would do, then doing it; in between the lines stand in the form."""

    template_name = "records/segments/import.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.insist(may_keep(self.segment, self.access))
        return self.render_to_response(self.get_context_data(form=self.form()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.insist(may_keep(self.segment, self.access))
        form = self.form(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        by = form.cleaned_data["by"]
        lines = importing.looked_up(form.parsed, by, self.record_type, self.access)
        done = "run" in request.POST
        if done:
            why = form.cleaned_data["why"]
            lines = importing.put_in(lines, self.segment, access=self.access, why=why)
        return self.render_to_response(self.get_context_data(form=form, lines=lines, done=done))

    def form(self, *args: Any) -> ImportMembersForm:
        return ImportMembersForm(
            *args, record_type=self.record_type, access=self.access, segment=self.segment
        )

    def get_page_title(self) -> str:
        return _("Import into the segment")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = kwargs.get("lines") or []
        return super().get_context_data(
            segment=self.segment,
            segment_url=self.segment_url,
            fine=sum(line.code in ("found", "added") for line in lines),
            refused=sum(not line.ok for line in lines),
            **kwargs,
        )
