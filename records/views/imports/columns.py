"""The second step: where the columns go, how records are found, how dates and numbers are written."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from crm_config.definitions import TypeDef
from records.errors import NotVisible
from records.forms.import_columns import ColumnsForm
from records.imports import delimiters, encodings, fitting, services
from records.imports import mapping as mappings
from records.imports.errors import ImportRefused, MappingRefused
from records.imports.formats.xlsx_format import sheets
from records.imports.mapping import ImportMapping
from records.imports.profile import Profile
from records.imports.settings import FileSettings
from records.imports.staging import content_of
from records.models import ImportRun
from records.views.imports.base import RunAction, RunScreen, columns_url, run_url

ORDERS = (
    ("dmy", gettext_lazy("day, month, year"), "31.01.2026"),
    ("mdy", gettext_lazy("month, day, year"), "01/31/2026"),
    ("ymd", gettext_lazy("year, month, day"), "2026-01-31"),
)
MARKS = ((".", gettext_lazy("point"), "1,234.50"), (",", gettext_lazy("comma"), "1.234,50"))
MODES = (
    ("create", gettext_lazy("Only create new ones")),
    ("update", gettext_lazy("Only update those that are there")),
    ("both", gettext_lazy("Update those that are there, create the others")),
)
DELIMITERS = {
    ",": gettext_lazy("comma ,"),
    ";": gettext_lazy("semicolon ;"),
    "\t": gettext_lazy("tab"),
    "|": gettext_lazy("bar |"),
}


class ColumnsView(RunScreen):
    template_name = "records/imports/columns.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            open_to_changes = self.run.can_change
        except NotVisible as error:
            raise Http404 from error
        if not open_to_changes:
            return HttpResponseRedirect(run_url(self.run))
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def importable(self) -> TypeDef:
        """The right may have gone since the file came."""
        if self.record_type is None or not self.may_steer:
            raise NotVisible(self.run.pk)
        return fitting.target(self.run.type, self.access)

    @cached_property
    def profile(self) -> Profile:
        return Profile.load(self.run.profile)

    @cached_property
    def mapping(self) -> ImportMapping:
        return mappings.load(self.run.mapping)

    def form(self, mapping: ImportMapping) -> ColumnsForm:
        return ColumnsForm(mapping, self.profile, self.importable, self.access)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(self.mapping)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        chosen = self.mapping
        try:
            chosen = mappings.load(self.form(self.mapping).read(request.POST))
            services.choose(self.run, chosen, access=self.access)
            if name := request.POST.get("save_as", "").strip():
                shared = bool(request.POST.get("shared"))
                services.save_mapping(self.run, access=self.access, name=name, shared=shared)
                messages.success(request, _("Mapping “%(name)s” saved.") % {"name": name})
            services.try_out(self.run)
        except MappingRefused as error:
            return self.show(chosen, error.problems)
        except ImportRefused as error:
            return self.show(chosen, [error.message])
        return HttpResponseRedirect(run_url(self.run))

    def show(self, mapping: ImportMapping, problems: list[str] | None = None) -> HttpResponse:
        form = self.form(mapping)
        context = self.get_context_data(
            form=form,
            lines=form.lines(),
            offers=form.offers(),
            keys=form.keys(),
            mapping=mapping,
            profile=self.profile,
            problems=problems or [],
            dates=any(c.shape in ("date", "datetime") for c in self.profile.columns),
            orders=ORDERS,
            marks=MARKS,
            modes=MODES,
            file=file_choices(self.run),
        )
        return self.render_to_response(context)

    def get_page_subtitle(self) -> str:
        return _("Columns")


def file_choices(run: ImportRun) -> dict[str, Any]:
    """How the file is read, and how else it could be."""
    settings = FileSettings.load(run.file_settings)
    offered = dict.fromkeys([settings.encoding, *encodings.OFFERED])
    return {
        "settings": settings,
        "encodings": [name for name in offered if name] if settings.encoding else [],
        "delimiters": DELIMITERS.items() if settings.delimiter else [],
        "sheets": sheets(content_of(run)) if settings.format == "xlsx" else [],
        "heading_row": settings.heading_row if settings.format != "json" else None,
    }


class ReadAgainView(RunAction):
    """Reads the file in another way."""

    def act(self) -> None:
        given = self.request.POST
        row = given.get("heading_row", "")
        settings = FileSettings(
            format=self.run.file_settings["format"],
            encoding=given.get("encoding", ""),
            delimiter=given.get("delimiter", "")
            if given.get("delimiter") in delimiters.OFFERED
            else "",
            sheet=given.get("sheet", ""),
            heading_row=int(row) if row.isascii() and row.isdigit() else None,
        )
        services.read_again(self.run, settings, access=self.access)

    def next_url(self) -> str:
        return columns_url(self.run)
