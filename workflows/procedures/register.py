"""The register of what the nightly look found: how many records break each procedure, and the way to them."""

from typing import Any

from django.contrib.admin import display
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy
from wagtail_modeladmin.views import InspectView

from crm_config.permissions import ADMINISTER
from jobs.registers.base import ReadOnly, Register
from workflows.models import ProcedureCheck
from workflows.procedures.findings import label_of, list_url, record_links


class Administrators(ReadOnly):
    """Who describes the company reads what breaks its procedures."""

    def user_can_list(self, user: Any) -> bool:
        return bool(user.has_perm(ADMINISTER))

    def user_can_inspect_obj(self, user: Any, obj: ProcedureCheck) -> bool:
        return bool(user.has_perm(ADMINISTER))


class Findings(InspectView):
    """The first of the records by their numbers: titles are on their pages, for those who may see them."""

    def get_field_display_value(self, field_name: str, field: Any = None) -> Any:
        if field_name == "first":
            return record_links(self.instance)
        return super().get_field_display_value(field_name, field)


class ProcedureRegister(Register):
    model = ProcedureCheck
    permission_helper_class = Administrators
    base_url_path = "operations/procedures"
    menu_icon = "clipboard-check"
    list_display = ("title", "found", "records", "problem", "checked_at")
    list_filter = ("type",)
    search_fields = ("key", "problem")
    ordering = ("-found", "key")
    index_template_name = "jobs/register.html"
    index_view_extra_css = ["jobs/jobs.css"]
    inspect_view_class = Findings
    inspect_view_fields = ["key", "type", "found", "first", "problem", "config_version", "checked_at"]  # fmt: skip

    @display(description=gettext_lazy("Procedure"), ordering="key")
    def title(self, check: ProcedureCheck) -> SafeString:
        return format_html('<a href="{}">{}</a>', self.details_url(check), label_of(check))

    @display(description=gettext_lazy("Records"))
    def records(self, check: ProcedureCheck) -> Any:
        url = list_url(check)
        if not check.found or not url:
            return ""
        return format_html('<a href="{}">{}</a>', url, gettext_lazy("Open as list"))
