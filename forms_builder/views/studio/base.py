"""What the screens of one form share."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from wagtail.admin import messages

from crm_config.definitions import Snapshot, TypeDef
from crm_config.errors import ChangedMeanwhile
from crm_config.sections.base import Path
from crm_config.views.base import Trail
from crm_config.working_copy.reading import WorkingCopy
from forms_builder.definitions import FormDef
from forms_builder.studio.arrangement import Steps
from forms_builder.studio.building import FORMS, Building
from forms_builder.studio.history import History

ICON = "form"


def builder_url(form: str, item: str = "") -> str:
    if item:
        return reverse("form_studio:item", args=[form, item]) + "#properties"
    return reverse("form_studio:form", args=[form])


def screen(path: Path) -> str:
    """Where what a path of the configuration names is changed."""
    return builder_url(path[1]) if path[1:] else reverse("form_studio:all")


class OfForm:
    """Screens of one form, or of what `of` says is built here, named by its key in the address."""

    request: HttpRequest
    kwargs: dict[str, Any]
    copy: WorkingCopy
    of: Building = FORMS
    header_icon = ICON

    @cached_property
    def row(self) -> Any:
        return get_object_or_404(self.of.model, key=self.kwargs["form"])

    def at(self, name: str, *args: Any) -> str:
        """A screen of it."""
        return self.of.address(name, self.row.key, *args)

    def builder_url(self, item: str = "") -> str:
        return f"{self.at('item', item)}#properties" if item else self.at("form")

    @property
    def snapshot(self) -> Snapshot:
        return self.copy.draft.snapshot

    @cached_property
    def definition(self) -> FormDef:
        try:
            return self.of.definitions(self.snapshot)[self.row.key]
        except KeyError as error:
            raise Http404 from error

    @cached_property
    def record_type(self) -> TypeDef:
        """Raises Http404 where it is gone: the form can then be deleted, and nothing else."""
        try:
            return self.snapshot.types[self.row.record_type]
        except KeyError as error:
            raise Http404 from error

    @cached_property
    def history(self) -> History:
        return History(self.request.session, self.of.history_key(self.row.key))

    def trail(self) -> Trail:
        return [(self.of.plural, self.of.address("all"))]

    def get_success_url(self) -> str:
        return self.of.address("all")

    def edit(self, change: Callable[[Steps], Steps]) -> bool:
        """One edit that can be undone; False where it could not be made, which is told."""
        try:
            before, after = self.of.change_steps(self.row, change)
        except ChangedMeanwhile as refusal:
            messages.error(self.request, str(refusal))
            return False
        self.history.done(before, after)
        return True

    def to(self, url: str) -> HttpResponseRedirect:
        return HttpResponseRedirect(url)


class InForm(OfForm):
    """Screens below the builder."""

    def trail(self) -> Trail:
        return [*super().trail(), (self.row.label, self.builder_url())]

    def get_success_url(self) -> str:
        return self.builder_url()
