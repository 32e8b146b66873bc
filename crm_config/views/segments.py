"""Segments of a record type: adding, changing, archiving, restoring and deleting them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from crm_config.definitions import TypeDef
from crm_config.errors import InUse
from crm_config.forms.segment import SegmentForm
from crm_config.models import RecordType, Segment
from crm_config.references import Reference
from crm_config.segments import SECTION, SegmentDef, segments_of
from crm_config.views.base import ConfirmView, StudioFormView, Trail
from crm_config.views.types import OfType
from crm_config.words import Vocabulary
from crm_config.words.segments import KINDS, in_words
from crm_config.working_copy import segments
from crm_config.working_copy.reading import WorkingCopy


@dataclass(frozen=True)
class SegmentRow:
    """A segment as the list of a type's segments shows it."""

    segment: SegmentDef
    kind: str
    words: str
    changed: bool
    uses: int


def rows_of(record_type: RecordType, copy: WorkingCopy) -> list[SegmentRow]:
    vocabulary = Vocabulary.of(copy.payload)
    held = segments_of(copy.draft.snapshot).values()
    return [
        SegmentRow(
            row,
            str(KINDS[row.kind]),
            in_words(row.condition, record_type.key, vocabulary) if row.condition else "",
            copy.changed((SECTION, row.key)),
            len(copy.users_of((SECTION, row.key))),
        )
        for row in sorted(held, key=lambda row: row.key)
        if row.record_type.key == record_type.key
    ]


class AddSegmentView(OfType, StudioFormView):
    template_name = "crm_config/studio/segment_form.html"
    form_class = SegmentForm
    page_title = gettext_lazy("New segment")
    header_icon = "group"
    submit_label = gettext_lazy("Add segment")

    def trail(self) -> Trail:
        return [(self.record_type.label, self.get_success_url())]

    def get_success_url(self) -> str:
        return f"{self.type_url}#tab-segments"

    def get_form_kwargs(self) -> dict[str, Any]:
        snapshot = self.copy.draft.snapshot
        return {
            **super().get_form_kwargs(),
            "languages": self.languages,
            "record_type": snapshot.types[self.record_type.key],
            "snapshot": snapshot,
            "user": self.user,
        }

    def form_valid(self, form: SegmentForm) -> HttpResponse:
        key = form.cleaned_data["key"]
        segment = segments.add_segment(self.record_type.key, key=key, values=form.values)
        return self.done(_("The segment %(name)s was added.") % {"name": segment.label})


class OfSegment:
    """Screens of one segment, named by its key in the address."""

    kwargs: dict[str, Any]
    copy: WorkingCopy
    header_icon = "group"

    @cached_property
    def segment(self) -> Segment:
        return get_object_or_404(Segment, key=self.kwargs["segment"])

    @property
    def type_url(self) -> str:
        """Of the type, if it is there."""
        if self.record_type is None:
            return reverse("studio:home")
        return reverse("studio:type", args=[self.record_type.key]) + "#tab-segments"

    @cached_property
    def record_type(self) -> TypeDef | None:
        return self.copy.draft.snapshot.types.get(self.segment.record_type)

    @property
    def segment_url(self) -> str:
        return reverse("studio:segment", args=[self.segment.key])

    def trail(self) -> Trail:
        above = self.record_type.label if self.record_type else self.segment.record_type
        return [(above, self.type_url)]


class SegmentView(OfSegment, StudioFormView):
    template_name = "crm_config/studio/segment.html"
    form_class = SegmentForm

    def get_page_title(self) -> str:
        return self.segment.label

    def get_success_url(self) -> str:
        return self.type_url

    def get_form_kwargs(self) -> dict[str, Any]:
        snapshot = self.copy.draft.snapshot
        kwargs = super().get_form_kwargs()
        kwargs.pop("initial", None)
        return {
            **kwargs,
            "languages": self.languages,
            "record_type": snapshot.types[self.segment.record_type],
            "snapshot": snapshot,
            "user": self.user,
            "segment": self.segment,
        }

    def form_valid(self, form: SegmentForm) -> HttpResponse:
        segments.change_segment(self.segment, form.values)
        return self.done(_("The segment %(name)s was saved.") % {"name": self.segment.label})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        used_by = self.copy.users_of(segments.path_of(self.segment))
        words = ""
        if self.segment.condition is not None:
            vocabulary = Vocabulary.of(self.copy.payload)
            words = in_words(self.segment.condition, self.segment.record_type, vocabulary)
        return super().get_context_data(
            segment=self.segment, words=words, used_by=self.uses(used_by), **kwargs
        )


class _AboutSegment(OfSegment, ConfirmView):
    def trail(self) -> Trail:
        return [*super().trail(), (self.segment.label, self.segment_url)]

    def get_success_url(self) -> str:
        return self.segment_url

    @cached_property
    def blocking(self) -> list[Reference]:
        return [r for r in self.copy.users_of(segments.path_of(self.segment)) if not r.weak]


class ArchiveSegmentView(_AboutSegment):
    confirm_label = gettext_lazy("Archive segment")
    danger = False

    def get_page_title(self) -> str:
        return _("Archive the segment %(name)s?") % {"name": self.segment.label}

    def explanation(self) -> Sequence[str]:
        return [
            _(
                "Once published, nobody can use it. Its list, its counts and who entered and left are "
                "kept: when you restore it, they are there again."
            )
        ]

    def perform(self, form: Any) -> HttpResponse:
        return self._try(
            lambda: segments.archive_segment(self.segment, self.copy),
            _("The segment %(name)s was archived."),
        )

    def _try(self, act: Any, message: str) -> HttpResponse:
        name = self.segment.label
        try:
            act()
        except InUse as refusal:
            messages.error(self.request, str(refusal))
            return HttpResponseRedirect(self.segment_url)
        return self.done(message % {"name": name}, self.type_url)


class RestoreSegmentView(OfSegment, StudioFormView):
    """By a button: it takes nothing away."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        segments.restore_segment(self.segment)
        return self.done(_("The segment %(name)s is in use again.") % {"name": self.segment.label})

    def get_success_url(self) -> str:
        return self.segment_url


class DeleteSegmentView(ArchiveSegmentView):
    confirm_label = gettext_lazy("Delete segment")
    danger = True

    def get_page_title(self) -> str:
        return _("Delete the segment %(name)s?") % {"name": self.segment.label}

    def explanation(self) -> Sequence[str]:
        return [
            _(
                "Once published, it is gone. Its list comes back only with an older version that has "
                "it: a new segment of the same key begins empty. If you are not sure, archive it instead."
            )
        ]

    def perform(self, form: Any) -> HttpResponse:
        return self._try(
            lambda: segments.delete_segment(self.segment, self.copy),
            _("The segment %(name)s was deleted."),
        )
