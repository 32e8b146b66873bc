"""All segments of a type that somebody may use, with their counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from crm_config.models import Segment
from crm_config.permissions import ADMINISTER
from crm_config.segments import SegmentDef
from records.models import SegmentCount
from records.segments.rights import usable
from records.segments.selectors import known_counts
from records.views.base import TypeScreen, segment_url
from records.views.state import ListState

KINDS = dict(Segment.Kind.choices)


@dataclass(frozen=True)
class Row:
    """`count` is that of all records, for those who see all of them; others count their own, on demand."""

    segment: SegmentDef
    count: SegmentCount | None
    url: str
    list_url: str
    count_url: str

    @property
    def kind(self) -> str:
        return str(KINDS[self.segment.kind])


class SegmentsView(TypeScreen):
    template_name = "records/segments/index.html"

    def get_page_title(self) -> str:
        return _("Segments")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        segments = usable(self.access, self.record_type)
        counts = known_counts(segments, access=self.access)
        return super().get_context_data(
            rows=[self._row(s, counts.get(s.key)) for s in segments],
            studio_url=self._studio_url(),
            **kwargs,
        )

    def _row(self, segment: SegmentDef, count: SegmentCount | None) -> Row:
        args = [self.record_type.key, segment.key]
        return Row(
            segment,
            count,
            segment_url(self.record_type, segment.key),
            ListState(where={"segment": segment.key}).url(self.record_type),
            reverse("records:segment_count", args=args),
        )

    def _studio_url(self) -> str:
        """Where segments are made, for those who may."""
        if not self.request.user.has_perm(ADMINISTER):
            return ""
        return reverse("studio:type", args=[self.record_type.key]) + "#tab-segments"
