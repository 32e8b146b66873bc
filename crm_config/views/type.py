"""The studio of one record type: its fields, list, preview, rights, users and settings, each a tab."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button

from crm_config import insights, type_tabs
from crm_config.definitions import FieldDef
from crm_config.forms.columns import ColumnsForm
from crm_config.forms.languages import language_choices
from crm_config.forms.record_type import RecordTypeForm
from crm_config.forms.role import RightsForm
from crm_config.models import Field, Role, Section
from crm_config.views.base import StudioFormView
from crm_config.views.matrix import rights_of_type, save_rights
from crm_config.views.preview import preview
from crm_config.views.segments import rows_of
from crm_config.views.types import OfType
from crm_config.words import Vocabulary
from crm_config.working_copy import arrangement, types


@dataclass(frozen=True)
class FieldRow:
    """A field as the list of fields shows it. `published`: it is in what is published."""

    row: Field
    definition: FieldDef
    changed: bool
    published: bool
    uses: int


@dataclass(frozen=True)
class SectionRows:
    section: Section | None
    fields: list[FieldRow]


class TypeView(OfType, StudioFormView):
    template_name = "crm_config/studio/type.html"

    def get_page_title(self) -> str:
        return str(self.record_type.label)

    def get_header_icon(self) -> str:
        return str(self.record_type.icon)

    def get_success_url(self) -> str:
        return self.type_url

    def get_header_more_buttons(self) -> list[Button]:
        url = reverse("studio:condition_try", args=[self.record_type.key])
        return [Button(_("Try a condition"), url=url, icon_name="tasks")]

    # -- forms, one per tab ------------------------------------------------------------------

    def get_form(self, form_class: Any = None) -> None:
        return None

    def settings_form(self, data: Any = None) -> RecordTypeForm:
        return RecordTypeForm(data, languages=self.languages, record_type=self.record_type)

    def columns_form(self, data: Any = None) -> ColumnsForm:
        return ColumnsForm(data, record_type=self.copy.type(self.record_type.key))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        save = {
            "settings": self.save_settings,
            "columns": self.save_columns,
            "rights": self.save_rights,
        }.get(request.POST.get("part", ""))
        return save(request.POST) if save else HttpResponseBadRequest()

    def save_settings(self, data: Any) -> HttpResponse:
        form = self.settings_form(data)
        if not form.is_valid():
            return self.refuse(settings_form=form)
        types.change_type(self.record_type, form.values)
        return self.done(_("The settings were saved."), self.type_url + "#tab-settings")

    def save_columns(self, data: Any) -> HttpResponse:
        form = self.columns_form(data)
        if not form.is_valid():
            return self.refuse(columns_form=form)
        types.set_columns(self.record_type, form.columns, form.sort)
        return self.done(_("Columns and sort were saved."), self.type_url + "#tab-columns")

    def save_rights(self, data: Any) -> HttpResponse:
        roles = list(self.roles)
        fields = {self.record_type.key: [f.key for f in self.record_type.fields.all()]}
        form = RightsForm(data, roles=roles, fields=fields)
        if not form.is_valid():
            return self.refuse(rights_errors=form.errors)
        save_rights(form)
        return self.done(_("The rights were saved."), self.type_url + "#tab-access")

    def refuse(self, **context: Any) -> HttpResponse:
        messages.error(self.request, self.refused)
        return self.render_to_response(self.get_context_data(**context))

    # -- what the tabs show ------------------------------------------------------------------

    @cached_property
    def roles(self) -> list[Role]:
        return list(Role.in_use.prefetch_related("grants", "field_grants").order_by("key"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("settings_form", self.settings_form())
        kwargs.setdefault("columns_form", self.columns_form())
        definition = self.copy.type(self.record_type.key)
        references = self.copy.users_of(self.path)
        context = super().get_context_data(
            record_type=self.record_type,
            definition=definition,
            sections=self.sections(),
            archived=[self._row(f) for f in arrangement.archived(self.record_type)],
            preview=preview(definition, self.preview_language, self.user),
            preview_language=self.preview_language,
            preview_languages=language_choices(self.languages),
            rights=rights_of_type(
                definition, self.roles, Vocabulary.of(self.copy.payload).condition
            ),
            segments=rows_of(self.record_type, self.copy),
            more_tabs=type_tabs.tabs(),
            copy=self.copy,
            used_by=self.uses(references),
            field_uses=self.field_uses(),
            record_count=self._record_count(),
            **kwargs,
        )
        context["media"] = sum(
            (f.media for f in (context["settings_form"], context["preview"].form)),
            context["columns_form"].media,
        )
        return context

    @property
    def preview_language(self) -> str:
        asked = self.request.GET.get("language", "")
        return asked if asked in self.languages else self.languages[0]

    def _record_count(self) -> str:
        count = insights.get().record_count(self.record_type.key)
        if count is None:
            return ""
        return ngettext("%(count)s record", "%(count)s records", count) % {"count": count}

    def sections(self) -> list[SectionRows]:
        return [
            SectionRows(section, [self._row(f) for f in fields])
            for section, fields in arrangement.current(self.record_type)
        ]

    def _row(self, field: Field) -> FieldRow:
        name = (self.record_type.key, field.key)
        return FieldRow(
            row=field,
            definition=self.copy.field(*name),
            changed=name in self.copy.changed_fields,
            published=self.copy.is_published((*self.path, "fields", field.key)),
            uses=self.copy.use_counts.get(name, 0),
        )

    def field_uses(self) -> list[dict[str, Any]]:
        """Each field of the type that something refers to, with what does."""
        found: list[dict[str, Any]] = []
        for field in self.record_type.fields.all():
            path = (*self.path, "fields", field.key)
            references = [r for r in self.copy.references if r.target[: len(path)] == path]
            if references:
                found.append({"field": field, "uses": self.uses(references)})
        return found
