"""What the screens over records share: who asks, about what, and how a refusal is answered."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from crm_config.definitions import TypeDef
from records.access import Access
from records.asker import access_of
from records.errors import NotVisible
from records.selectors import RecordView, get
from records.selectors.names import record_url

Crumbs = list[dict[str, Any]]


class RecordsMixin:
    """What may not be seen is not there (404); what may be seen but not done is Wagtail's refusal."""

    request: HttpRequest
    kwargs: dict[str, Any]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        except NotVisible as error:
            raise Http404 from error
        return answer

    @cached_property
    def access(self) -> Access:
        return access_of(self.request)

    def insist(self, allowed: bool) -> None:
        if not allowed:
            raise PermissionDenied


class TypeMixin(RecordsMixin):
    """A screen over one record type, named in the address."""

    @cached_property
    def record_type(self) -> TypeDef:
        found = self.access.snapshot.types.get(self.kwargs["type"])
        if found is None or found.retired or not self.access.may("view", found):
            raise NotVisible(self.kwargs["type"])
        return found


class RecordMixin(RecordsMixin):
    """A screen over one record. `keys` limits whose names are fetched."""

    keys: tuple[str, ...] | None = None

    @cached_property
    def record(self) -> RecordView:
        return get(self.kwargs["pk"], access=self.access, keys=self.keys)

    def insist_on(self, action: str) -> None:
        """What may not be done is refused with the way to why."""
        if self.record.may(action):
            return
        why = f"{reverse('records:explain', args=[self.record.id])}?action={action}"
        messages.error(
            self.request, _("You may not do this."), buttons=[messages.button(why, _("Why?"))]
        )
        raise PermissionDenied

    @cached_property
    def record_type(self) -> TypeDef:
        return self.record.type


class ScreenMixin(RecordsMixin, WagtailAdminTemplateMixin):
    """A whole page, or, where a script asks for it, only what goes into a dialog or a panel."""

    #: What a script gets, and what the whole page wraps; empty for pages that never come in parts.
    part_template = ""
    template_name: Any = "records/part_page.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer = super().dispatch(request, *args, **kwargs)
        patch_vary_headers(answer, ["X-Part"])
        return answer

    @property
    def in_part(self) -> bool:
        return bool(self.part_template) and "X-Part" in self.request.headers

    def get_template_names(self) -> list[str]:
        return [self.part_template if self.in_part else self.template_name]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            part_template=self.part_template, in_part=self.in_part, access=self.access, **kwargs
        )

    def leave(self, url: str) -> HttpResponse:
        """Go on elsewhere: scripts are told where."""
        if "X-Part" in self.request.headers:
            return HttpResponse(status=204, headers={"X-Location": url})
        return HttpResponseRedirect(url)


class TypeScreen(TypeMixin, ScreenMixin, TemplateView):
    """A page about one record type."""

    def get_header_icon(self) -> str:
        return self.record_type.icon

    def get_breadcrumbs_items(self) -> Crumbs:
        return [
            *self.breadcrumbs_items,
            {"label": self.record_type.plural_label, "url": list_url(self.record_type)},
            {"label": self.get_page_title(), "url": ""},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(record_type=self.record_type, **kwargs)


class RecordScreen(RecordMixin, ScreenMixin, TemplateView):
    """A page about one record."""

    def get_header_icon(self) -> str:
        return self.record_type.icon

    def get_breadcrumbs_items(self) -> Crumbs:
        return [
            *self.breadcrumbs_items,
            {"label": self.record_type.plural_label, "url": list_url(self.record_type)},
            {"label": self.record.title, "url": record_url(self.record.id)},
            {"label": self.get_page_title(), "url": ""},
        ]

    def get_page_subtitle(self) -> str:
        return self.record.title

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(record=self.record, record_type=self.record_type, **kwargs)


def list_url(record_type: TypeDef) -> str:
    return reverse("records:list", args=[record_type.key])


def new_url(record_type: TypeDef) -> str:
    return reverse("records:new", args=[record_type.key])


def segment_url(record_type: TypeDef, key: str) -> str:
    return reverse("records:segment", args=[record_type.key, key])
