"""Adding a record type, and archiving, restoring and deleting one."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, ngettext
from wagtail.admin import messages

from crm_config import insights
from crm_config.errors import InUse
from crm_config.forms.publishing import TypedConfirmation
from crm_config.forms.record_type import RecordTypeForm
from crm_config.models import Field, RecordType
from crm_config.references import Reference
from crm_config.sections.base import Path
from crm_config.system_fields import Catalogue
from crm_config.views.base import AdministratorsOnly, ConfirmView, StudioFormView, Trail
from crm_config.working_copy import types
from crm_config.working_copy.rights import goes_with_type
from crm_config.working_copy.segments import segments_of_type

NAME = gettext_noop("Name")


class OfType(AdministratorsOnly):
    """Screens of one record type, named by its key in the address."""

    kwargs: dict[str, Any]

    @cached_property
    def record_type(self) -> RecordType:
        rows = RecordType.objects.prefetch_related("sections", "fields__section", "fields__choices")
        return get_object_or_404(rows, key=self.kwargs["record_type"])

    @property
    def path(self) -> Path:
        return ("record_types", self.record_type.key)

    @property
    def type_url(self) -> str:
        return reverse("studio:type", args=[self.record_type.key])


class AddTypeView(StudioFormView):
    template_name = "crm_config/studio/type_form.html"
    form_class = RecordTypeForm
    page_title = gettext_lazy("New record type")
    submit_label = gettext_lazy("Add record type")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "languages": self.languages}

    def get_success_url(self) -> str:
        return reverse("studio:home")

    def form_valid(self, form: RecordTypeForm) -> HttpResponse:
        catalogue = Catalogue(NAME)
        names = {code: catalogue[code] for code in self.languages if code in set(catalogue)}
        row = types.add_type(form.values, name_labels=names)
        message = _("%(name)s was added. Give it the fields it needs, then publish.")
        if waiting := types.links_without_targets(row):
            messages.warning(self.request, said_of_links(waiting))
        return self.done(message % {"name": row.label}, reverse("studio:type", args=[row.key]))


class _AboutType(OfType, ConfirmView):
    def trail(self) -> Trail:
        return [(self.record_type.label, self.type_url)]

    def get_success_url(self) -> str:
        return self.type_url + "#tab-settings"

    @cached_property
    def record_count(self) -> int | None:
        return insights.get().record_count(self.record_type.key)


def said_of_links(fields: Sequence[Field]) -> str:
    """A trait cannot know which types there are."""
    return ngettext(
        "Say before publishing what %(fields)s may point at.",
        "Say before publishing what these may point at: %(fields)s.",
        len(fields),
    ) % {"fields": ", ".join(f"“{field.label}”" for field in fields)}


def said_count(count: int | None) -> list[str]:
    """A paragraph about the records there are; none where that is not known."""
    if count is None:
        return []
    return [
        ngettext("It has %(count)s record.", "It has %(count)s records.", count) % {"count": count}
    ]


class ArchiveTypeView(_AboutType):
    confirm_label = gettext_lazy("Archive record type")
    danger = False

    def get_page_title(self) -> str:
        return _("Archive %(name)s?") % {"name": self.record_type.label}

    @cached_property
    def blocking(self) -> list[Reference]:
        own = {("segments", s.key) for s in segments_of_type(self.record_type.key)}
        return [r for r in self.copy.users_of(self.path) if not r.weak and r.source not in own]

    def explanation(self) -> Sequence[str]:
        return [
            *said_count(self.record_count),
            _(
                "Once published, it leaves the menu and nobody sees its records. Nothing is deleted: "
                "when you restore it, everything is there again."
            ),
        ]

    def perform(self, form: Any) -> HttpResponse:
        types.archive_type(self.record_type)
        return self.done(_("%(name)s was archived.") % {"name": self.record_type.label})


class RestoreTypeView(OfType, StudioFormView):
    """By a button: it takes nothing away."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        types.restore_type(self.record_type)
        return self.done(_("%(name)s is in use again.") % {"name": self.record_type.label})

    def get_success_url(self) -> str:
        return self.type_url


class DeleteTypeView(_AboutType):
    form_class = TypedConfirmation
    confirm_label = gettext_lazy("Delete record type")

    def get_page_title(self) -> str:
        return _("Delete %(name)s?") % {"name": self.record_type.label}

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "expected": self.record_type.key}

    @cached_property
    def blocking(self) -> list[Reference]:
        used = self.copy.users_of(self.path)
        return [r for r in used if not goes_with_type(r, self.record_type.key)]

    @cached_property
    def going_along(self) -> list[Reference]:
        used = self.copy.users_of(self.path)
        return [r for r in used if goes_with_type(r, self.record_type.key)]

    @property
    def refusal(self) -> str:
        return _("It has records: archive it instead.") if self.record_count else ""

    def explanation(self) -> Sequence[str]:
        return [
            *said_count(self.record_count),
            _("The record type and all its fields are deleted from the working copy."),
        ]

    def perform(self, form: Any) -> HttpResponse:
        name = self.record_type.label
        try:
            types.delete_type(self.record_type, self.copy)
        except InUse as refusal:
            messages.error(self.request, str(refusal))
            return HttpResponseRedirect(self.get_success_url())
        return self.done(_("%(name)s was deleted.") % {"name": name}, reverse("studio:home"))


def field_or_404(record_type: RecordType, key: str) -> Any:
    found = next((f for f in record_type.fields.all() if f.key == key), None)
    if found is None:
        raise Http404
    return found
