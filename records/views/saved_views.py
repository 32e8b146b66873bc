"""Saving a list as it is shown, renaming and sharing it, and taking it away."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from wagtail.admin import messages

from records.errors import NotVisible
from records.forms.saved_view import SavedViewForm
from records.models import SavedView
from records.saved_views import keep, own_view
from records.views.base import TypeScreen, list_url
from records.views.lists import StateMixin
from records.views.state import view_url


class SaveView(StateMixin, TypeScreen):
    """The list that the address means becomes a new view, or takes the place of one's own it began from."""

    part_template = "records/list/save_view.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=self.form()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "replace" in request.POST and self.own is not None:
            return self.done(keep(self.own, query=self.state.to_save()))
        form = self.form(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        return self.done(keep(form.save(commit=False), query=self.state.to_save()))

    def form(self, data: Any = None) -> SavedViewForm:
        fresh = SavedView(type=self.record_type.key, owner=self.access.user)
        return SavedViewForm(data, instance=fresh)

    @cached_property
    def own(self) -> SavedView | None:
        """One's own view that the list began from."""
        view = self.saved_view
        return view if view is not None and view.owner_id == self.access.user_id else None

    def done(self, view: SavedView) -> HttpResponse:
        messages.success(self.request, _("View “%(name)s” saved.") % {"name": view.name})
        return self.leave(view_url(self.record_type, view.pk))

    def get_page_title(self) -> str:
        return _("Save view")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        action = self.state.url(self.record_type, "save_view")
        return super().get_context_data(own=self.own, action=action, **kwargs)


class ChangeView(TypeScreen):
    """Rename, share, open first, or delete one's own view."""

    part_template = "records/list/save_view.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = SavedViewForm(instance=self.view)
        return self.render_to_response(self.get_context_data(form=form))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "delete" in request.POST:
            self.view.delete()
            messages.success(request, _("View “%(name)s” deleted.") % {"name": self.view.name})
            return self.leave(list_url(self.record_type))
        form = SavedViewForm(request.POST, instance=self.view)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        view = keep(form.save(commit=False))
        return self.leave(view_url(self.record_type, view.pk))

    @cached_property
    def view(self) -> SavedView:
        try:
            found = own_view(self.kwargs["pk"], access=self.access)
        except SavedView.DoesNotExist as error:
            raise NotVisible(self.kwargs["pk"]) from error
        if found.type != self.record_type.key:
            raise NotVisible(self.kwargs["pk"])
        return found

    def get_page_title(self) -> str:
        return _("View “%(name)s”") % {"name": self.view.name}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(changing=self.view, action=self.request.path, **kwargs)
