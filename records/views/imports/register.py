"""The register of imports, under Operations: one's own; administrators see all."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import SimpleListFilter, display
from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail_modeladmin.options import ModelAdmin

from crm_config.live import live
from jobs.registers.base import ReadOnly
from jobs.registers.index import RegisterIndex
from records.access import Access
from records.asker import access_of
from records.imports import rights, selectors
from records.models import ImportRun
from records.views.imports.base import ICON, run_url


def may_list(access: Access) -> bool:
    return bool(rights.importable(access)) or rights.administers(access)


class Importers(ReadOnly):
    """Whoever may import anything sees the register, with their own imports in it."""

    def user_can_list(self, user: Any) -> bool:
        return may_list(Access.of(user))

    def user_can_inspect_obj(self, user: Any, obj: ImportRun) -> bool:
        return False


class ImportsMenuItem(MenuItem):
    """Asks the access that the request has worked out already."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_list(access_of(request))


class TypeFilter(SimpleListFilter):
    title = _("type")
    parameter_name = "type"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(t.key, t.label) for t in access_of(request).visible_types()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[ImportRun]) -> QuerySet[ImportRun]:
        return queryset.filter(type=self.value()) if self.value() else queryset


class ImportRegister(ModelAdmin):
    model = ImportRun
    index_view_class = RegisterIndex
    base_url_path = "operations/imports"
    menu_icon = ICON
    list_display = ("title", "kind", "status", "lines", "owner", "uploaded")
    list_filter = ("state", TypeFilter)
    list_select_related = ("owner",)
    list_per_page = 50
    search_fields = ("name",)
    ordering = ("-id",)
    permission_helper_class = Importers
    history_view_enabled = False
    index_template_name = "records/imports/register.html"
    index_view_extra_css = ["jobs/jobs.css", "records/imports.css"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImportRun]:
        return selectors.runs(access_of(request)).order_by(*self.ordering)

    def get_menu_item(self, order: int | None = None) -> MenuItem:
        return ImportsMenuItem(
            self.get_menu_label(),
            self.url_helper.index_url,
            name="imports",
            icon_name=self.get_menu_icon(),
            order=order or self.get_menu_order(),
        )

    def get_extra_class_names_for_field_col(self, obj: ImportRun, field_name: str) -> list[str]:
        return ["r-number"] if field_name == "lines" else []

    @display(description=_("File"), ordering="name")
    def title(self, run: ImportRun) -> SafeString:
        return format_html('<a href="{}"><b>{}</b></a>', run_url(run), run.name)

    @display(description=_("Type"), ordering="type")
    def kind(self, run: ImportRun) -> str:
        found = live().types.get(run.type)
        return found.label if found else run.type

    @display(description=_("State"), ordering="state")
    def status(self, run: ImportRun) -> SafeString:
        return render_to_string("records/imports/state.html", {"run": run})

    @display(description=_("Rows"), ordering="rows")
    def lines(self, run: ImportRun) -> str:
        return intcomma(run.rows) if run.rows is not None else "–"

    @display(description=_("Uploaded"), ordering="created_at")
    def uploaded(self, run: ImportRun) -> SafeString:
        return render_to_string("jobs/moment.html", {"moment": run.created_at})
