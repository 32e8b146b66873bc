"""Approval processes in the studio: all of them in plain words, and writing them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.widgets.button import HeaderButton

from crm_config.definitions import TypeDef
from crm_config.errors import InUse
from crm_config.references import Reference
from crm_config.sections.base import Path
from crm_config.views.base import ConfirmView, StudioFormView, StudioView, Trail
from crm_config.working_copy.reading import WorkingCopy
from workflows.approvals import working_copy as changing
from workflows.approvals.definitions import ProcessDef, StepDef
from workflows.approvals.section import ApprovalSection
from workflows.approvals.studio_forms import ProcessForm
from workflows.approvals.words import step_words
from workflows.models import ApprovalProcess

KNOWN = ("key", "labels", "steps", "order", "different_from_requester")


def screen(path: Path) -> str:
    """Where an approval process that is named by its path is changed."""
    return reverse("approvals_studio:process", args=[path[1]]) if path[1:] else _all()


def _all() -> str:
    return reverse("approvals_studio:all")


@dataclass(frozen=True)
class Row:
    process: ProcessDef
    about: str
    #: Name and words of each step.
    steps: Sequence[tuple[str, str]]
    changed: bool


def row_of(row: ApprovalProcess, copy: WorkingCopy) -> Row:
    process, snapshot = ProcessDef.of(ApprovalSection.raw_of(row)), copy.draft.snapshot
    record_type = snapshot.types.get(process.type)
    steps = [StepDef.of(step) for step in process.steps]
    return Row(
        process,
        record_type.plural_label if record_type else process.type,
        [(step.label, step_words(step, snapshot, process.type)) for step in steps],
        copy.changed(changing.path_of(row)),
    )


class _InApprovals:
    header_icon = "clipboard-check"

    def trail(self) -> Trail:
        return [(_("Approvals"), _all())]

    def get_success_url(self) -> str:
        return _all()


class ProcessesView(StudioView):
    template_name = "workflows/approvals/studio/all.html"
    page_title = gettext_lazy("Approvals")
    header_icon = "clipboard-check"

    def get_header_buttons(self) -> list[Any]:
        url = reverse("approvals_studio:types")
        return [HeaderButton(_("New approval process"), url=url, icon_name="plus")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        held = ApprovalProcess.objects.order_by("retired", "key")
        rows = [row_of(row, self.copy) for row in held]
        return super().get_context_data(rows=rows, **kwargs)


class TypesView(_InApprovals, StudioView):
    """A process is about records of one type."""

    template_name = "workflows/approvals/studio/types.html"
    page_title = gettext_lazy("New approval process")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(types=self.copy.draft.snapshot.active_types, **kwargs)


class _ProcessForm(_InApprovals, StudioFormView):
    template_name = "workflows/approvals/studio/form.html"
    form_class = ProcessForm
    row: ApprovalProcess | None = None
    kwargs: dict[str, Any]

    @property
    def type_key(self) -> str:
        return str(self.row.record_type if self.row else self.kwargs["record_type"])

    @cached_property
    def record_type(self) -> TypeDef:
        try:
            return self.copy.draft.snapshot.types[self.type_key]
        except KeyError as error:
            raise Http404 from error

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        kwargs.pop("initial", None)
        known = {name: getattr(self.row, name) for name in KNOWN} if self.row else None
        return {
            **kwargs,
            "languages": self.languages,
            "taken": set(ApprovalProcess.objects.values_list("key", flat=True)),
            "known": known,
            "record_type": self.record_type,
            "snapshot": self.copy.draft.snapshot,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(record_type=self.record_type, process=self.row, **kwargs)


class AddProcessView(_ProcessForm):
    page_title = gettext_lazy("New approval process")
    submit_label = gettext_lazy("Add approval process")

    def form_valid(self, form: ProcessForm) -> HttpResponse:
        row = changing.add_process(self.record_type.key, key=form.key, values=form.values)
        message = _("The approval process %(name)s was added. Procedures may ask by it now.")
        return self.done(message % {"name": row.label})


class OfProcess(_InApprovals):
    """Screens of one process, named by its key in the address."""

    kwargs: dict[str, Any]
    copy: WorkingCopy

    @cached_property
    def row(self) -> ApprovalProcess:
        return get_object_or_404(ApprovalProcess, key=self.kwargs["process"])


class ProcessView(OfProcess, _ProcessForm):  # type: ignore[misc]
    def get_page_title(self) -> str:
        return str(self.row.label)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            used_by=self.uses(self.copy.users_of(changing.path_of(self.row))),
            delete_url=reverse("approvals_studio:delete", args=[self.row.key]),
            **kwargs,
        )

    def form_valid(self, form: ProcessForm) -> HttpResponse:
        changing.change_process(self.row, form.values)
        message = _("The approval process %(name)s was saved.") % {"name": self.row.label}
        return self.done(message)


class ArchiveProcessView(OfProcess, StudioFormView):
    """By a button, both ways: nothing is lost."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        archived = not self.row.retired
        try:
            changing.archive_process(self.row, self.copy, archived=archived)
        except InUse as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(screen(changing.path_of(self.row)))
        message = (
            _("The approval process %(name)s was archived.")
            if archived
            else _("The approval process %(name)s is in use again.")
        )
        return self.done(message % {"name": self.row.label})


class DeleteProcessView(OfProcess, ConfirmView):
    confirm_label = gettext_lazy("Delete approval process")

    def get_page_title(self) -> str:
        return _("Delete the approval process %(name)s?") % {"name": self.row.label}

    @cached_property
    def blocking(self) -> list[Reference]:
        return changing.in_use(self.row, self.copy)

    def explanation(self) -> Sequence[str]:
        return [
            _(
                "Once this is published, nothing new can be asked by it; what was asked for already goes on. "
                "If you are not sure, archive it instead."
            )
        ]

    def perform(self, form: Any) -> HttpResponse:
        name = self.row.label
        try:
            changing.delete_process(self.row, self.copy)
        except InUse as refusal:
            messages.error(self.request, str(refusal))
            return HttpResponseRedirect(self.get_success_url())
        return self.done(_("The approval process %(name)s was deleted.") % {"name": name})
