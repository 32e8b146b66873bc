"""Saved mappings: taking one's own away."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from records.errors import NotVisible
from records.imports import rights, selectors
from records.models import SavedMapping
from records.views.imports.base import ImportsScreen


class DeleteMappingView(ImportsScreen):
    """Asks first: what was saved by hand does not come back."""

    template_name = "records/imports/delete_mapping.html"

    @property
    def saved(self) -> SavedMapping:
        found = selectors.saved_mapping(self.kwargs["pk"], access=self.access)
        if found.owner_id != self.access.user_id and not rights.administers(self.access):
            raise NotVisible(found.pk)
        return found

    def get_page_title(self) -> str:
        return _("Delete saved mapping")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        saved = self.saved
        saved.delete()
        messages.success(request, _("Mapping “%(name)s” deleted.") % {"name": saved.name})
        return HttpResponseRedirect(reverse("imports:new"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(saved=self.saved, **kwargs)
