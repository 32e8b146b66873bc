"""Procedures in the studio: those of a type in plain words, and writing them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.components import Component

from crm_config.definitions import TypeDef
from crm_config.models import RecordType
from crm_config.sections.base import Path
from crm_config.type_tabs import Tab
from crm_config.views.base import ConfirmView, StudioFormView, Trail
from crm_config.working_copy.reading import WorkingCopy
from workflows.approvals.definitions import processes_of
from workflows.models import Procedure
from workflows.procedures import working_copy as changing
from workflows.procedures.definitions import SECTION, ProcedureDef
from workflows.procedures.forms import PLAIN, TEXTS, ProcedureForm
from workflows.procedures.section import ProcedureSection
from workflows.procedures.words import told


def held(row: Procedure) -> ProcedureDef:
    return ProcedureDef.of(ProcedureSection.raw_of(row))


def screen(path: Path) -> str:
    """Where a procedure that is named by its path is changed."""
    return reverse("procedures_studio:procedure", args=[path[1]]) if path[1:] else ""


@dataclass(frozen=True)
class Row:
    procedure: ProcedureDef
    told: Sequence[str]
    changed: bool


class RulesTab(Component):
    """The procedures of a type, on its page."""

    template_name = "workflows/procedures/studio/tab.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> Mapping[str, Any]:
        record_type: RecordType = parent_context["record_type"]
        copy: WorkingCopy = parent_context["copy"]
        raws = [raw for raw in copy.payload.get(SECTION, ()) if raw["type"] == record_type.key]
        procedures = sorted(map(ProcedureDef.of, raws), key=lambda each: each.retired)
        rows = [
            Row(each, told(each, copy.draft.snapshot), copy.changed((SECTION, each.key)))
            for each in procedures
        ]
        return {"record_type": record_type, "rows": rows}


TAB = Tab("rules", gettext_lazy("Rules"), RulesTab(), order=20)


class _OfType:
    """Screens about the procedures of one record type."""

    kwargs: dict[str, Any]
    copy: WorkingCopy
    header_icon = "clipboard-check"

    @property
    def type_key(self) -> str:
        return str(self.kwargs["record_type"])

    @cached_property
    def record_type(self) -> TypeDef:
        try:
            return self.copy.draft.snapshot.types[self.type_key]
        except KeyError as error:
            raise Http404 from error

    def trail(self) -> Trail:
        return [(self.record_type.label, self.get_success_url())]

    def get_success_url(self) -> str:
        return reverse("studio:type", args=[self.record_type.key]) + "#tab-rules"


class _ProcedureForm(_OfType, StudioFormView):
    template_name = "workflows/procedures/studio/form.html"
    form_class = ProcedureForm
    row: Procedure | None = None

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        kwargs.pop("initial", None)
        return {
            **kwargs,
            "languages": self.languages,
            "taken": set(Procedure.objects.values_list("key", flat=True)),
            "known": self._known(),
            "record_type": self.record_type,
            "snapshot": self.copy.draft.snapshot,
            "user": self.user,
            "processes": self._processes(),
        }

    def _known(self) -> dict[str, Any] | None:
        if self.row is None:
            return None
        return {name: getattr(self.row, name) for name in ("key", *TEXTS, *PLAIN)}

    def _processes(self) -> list[tuple[str, str]]:
        """An archived one only where it is named already, so that opening the form changes nothing."""
        named = self.row.approval if self.row else ""
        return [
            (process.key, process.label)
            for process in processes_of(self.copy.draft.snapshot).values()
            if process.type == self.record_type.key
            and (not process.retired or process.key == named)
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(record_type=self.record_type, procedure=self.row, **kwargs)


class AddProcedureView(_ProcedureForm):
    page_title = gettext_lazy("New procedure")
    submit_label = gettext_lazy("Add procedure")

    def form_valid(self, form: ProcedureForm) -> HttpResponse:
        row = changing.add_procedure(self.record_type.key, key=form.key, values=form.values)
        message = _("The procedure %(name)s was added. It holds once it is published.")
        return self.done(message % {"name": row.label})


class OfProcedure(_OfType):
    """Screens of one procedure, named by its key in the address."""

    @cached_property
    def row(self) -> Procedure:
        return get_object_or_404(Procedure, key=self.kwargs["procedure"])

    @property
    def type_key(self) -> str:
        return str(self.row.record_type)


class ProcedureView(OfProcedure, _ProcedureForm):  # type: ignore[misc]
    def get_page_title(self) -> str:
        return str(self.row.label)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            told=told(held(self.row), self.copy.draft.snapshot),
            delete_url=reverse("procedures_studio:delete", args=[self.row.key]),
            **kwargs,
        )

    def form_valid(self, form: ProcedureForm) -> HttpResponse:
        changing.change_procedure(self.row, form.values)
        return self.done(_("The procedure %(name)s was saved.") % {"name": self.row.label})


class ArchiveProcedureView(OfProcedure, StudioFormView):
    """By a button, both ways: nothing is lost."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        archived = not self.row.retired
        changing.archive_procedure(self.row, archived=archived)
        message = (
            _("The procedure %(name)s was archived.")
            if archived
            else _("The procedure %(name)s is in use again.")
        )
        return self.done(message % {"name": self.row.label})


class DeleteProcedureView(OfProcedure, ConfirmView):
    confirm_label = gettext_lazy("Delete procedure")

    def get_page_title(self) -> str:
        return _("Delete the procedure %(name)s?") % {"name": self.row.label}

    def explanation(self) -> Sequence[str]:
        end = _(
            "Once this is published, nothing holds it any more. If you are not sure, archive it instead."
        )
        return [*told(held(self.row), self.copy.draft.snapshot), end]

    def perform(self, form: Any) -> HttpResponse:
        name, url = self.row.label, self.get_success_url()
        changing.delete_procedure(self.row)
        return self.done(_("The procedure %(name)s was deleted.") % {"name": name}, url)
