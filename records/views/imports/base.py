"""What the screens of imports share: whose import it is, and the way back."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View
from wagtail.admin import messages

from crm_config.definitions import TypeDef
from crm_config.field_types.base import Text
from jobs.errors import NotAllowed
from records.errors import NotVisible
from records.imports import rights, selectors
from records.imports.errors import ImportRefused, MappingRefused
from records.models import ImportRun
from records.views.base import Crumbs, RecordsMixin, ScreenMixin

ICON = "upload"


def index_url() -> str:
    return reverse("operations_imports_modeladmin_index")


def run_url(run: ImportRun) -> str:
    return reverse("imports:run", args=[run.pk])


def columns_url(run: ImportRun) -> str:
    return reverse("imports:columns", args=[run.pk])


class ImportsScreen(ScreenMixin, TemplateView):
    """Only for those who may import something, or who look after the system."""

    header_icon = ICON

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.insist(bool(rights.importable(self.access)) or rights.administers(self.access))
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> Crumbs:
        return [
            *self.breadcrumbs_items,
            {"label": _("Imports"), "url": index_url()},
            {"label": self.get_page_title(), "url": ""},
        ]


class RunMixin(RecordsMixin):
    """A view of one import. Others' imports are not there."""

    @cached_property
    def run(self) -> ImportRun:
        return selectors.run(self.kwargs["pk"], access=self.access)

    @cached_property
    def record_type(self) -> TypeDef | None:
        """None for a type that is gone since, or that the reader may not see."""
        found = self.access.snapshot.types.get(self.run.type)
        return found if found is not None and self.access.may("view", found) else None

    @cached_property
    def may_read(self) -> bool:
        return selectors.may_read(self.run, self.access)

    @cached_property
    def may_steer(self) -> bool:
        return selectors.may_steer(self.run, self.access)


class RunScreen(RunMixin, ImportsScreen):
    def get_page_title(self) -> str:
        return self.run.name

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            run=self.run,
            record_type=self.record_type,
            may_read=self.may_read,
            may_steer=self.may_steer,
            **kwargs,
        )


class ContentMixin(RunMixin):
    """What is in an import is there for those alone who may read it."""

    @cached_property
    def run(self) -> ImportRun:
        found = selectors.run(self.kwargs["pk"], access=self.access)
        if not selectors.may_read(found, self.access):
            raise NotVisible(found.pk)
        return found


class RunAction(RunMixin, View):
    """Does something on POST, says what came of it, and goes to the import's page."""

    http_method_names = ["post"]
    success: Text = ""

    def act(self) -> None:
        """Raises `ImportRefused` or `NotAllowed`."""
        raise NotImplementedError

    def allowed(self) -> bool:
        return self.may_steer

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.allowed():
            raise NotVisible(self.run.pk)
        try:
            self.act()
        except MappingRefused as error:
            tell(request, error)
            return HttpResponseRedirect(columns_url(self.run))
        except (ImportRefused, NotAllowed) as error:
            tell(request, error)
        else:
            if self.success:
                messages.success(request, self.success)
        return HttpResponseRedirect(self.next_url())

    def next_url(self) -> str:
        return run_url(self.run)


def tell(request: HttpRequest, error: Exception) -> None:
    problems = error.problems if isinstance(error, MappingRefused) else [str(error)]
    for problem in problems:
        messages.error(request, problem)
