"""The first step: which file, and what its rows are."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from records.forms.import_upload import UploadForm
from records.imports import mapping as mappings
from records.imports import rights, selectors, services
from records.imports.errors import ImportRefused
from records.imports.mapping import ImportMapping
from records.imports.settings import FileSettings
from records.models import SavedMapping
from records.views.imports.base import ImportsScreen, columns_url


class UploadView(ImportsScreen):
    template_name = "records/imports/upload.html"

    def get_page_title(self) -> str:
        return _("Import")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(UploadForm(access=self.access, initial=request.GET.dict()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = UploadForm(request.POST, request.FILES, access=self.access)
        if not rights.importable(self.access):
            raise PermissionDenied
        if not form.is_valid():
            return self.show(form)
        upload = form.cleaned_data["file"]
        try:
            run = services.begin(
                access=self.access,
                name=upload.name,
                content=upload.read(),
                type_key=form.cleaned_data["type"],
                mapping=chosen(form.cleaned_data["mapping"]),
            )
        except ImportRefused as error:
            form.add_error("file", error.message)
            return self.show(form)
        return HttpResponseRedirect(columns_url(run))

    def show(self, form: UploadForm) -> HttpResponse:
        return self.render_to_response(
            self.get_context_data(
                form=form,
                importable=rights.importable(self.access),
                saved=selectors.saved_mappings(self.access).select_related("owner"),
            )
        )


def chosen(saved: SavedMapping | None) -> ImportMapping | None:
    """Another file may be written in another way: only its columns are taken from the mapping."""
    return replace(mappings.load(saved.mapping), file=FileSettings()) if saved else None
