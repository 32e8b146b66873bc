"""The register of promises, under Operations: when each was last looked at, and what does not hold."""

from __future__ import annotations

from typing import Any

from django.contrib.admin import display
from django.db.models import Model
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.live import live
from crm_config.models import Promise, PromiseCheck
from crm_config.permissions import ADMINISTER
from crm_config.promises.checking import Example
from crm_config.promises.telling import told
from jobs.registers.base import ReadOnly, Register


class Administrators(ReadOnly):
    def user_can_list(self, user: Any) -> bool:
        return bool(user.has_perm(ADMINISTER))

    def user_can_inspect_obj(self, user: Any, obj: Model) -> bool:
        return False


class PromiseRegister(Register):
    model = PromiseCheck
    base_url_path = "operations/promises"
    menu_label = gettext_lazy("Promises")
    menu_icon = "lock"
    list_display = ("promise", "holds", "why", "under", "looked")
    list_filter = ("kept", "draft")
    ordering = ("kept", "key")
    inspect_view_enabled = False
    permission_helper_class = Administrators
    index_template_name = "jobs/register.html"
    index_view_extra_css = ["jobs/jobs.css"]

    @display(description=gettext_lazy("Promise"), ordering="key")
    def promise(self, check: PromiseCheck) -> SafeString:
        row = Promise.objects.filter(key=check.key).first()
        if row is None:
            return format_html("{}", check.key)
        url = reverse("studio:promise", args=[row.key])
        return format_html('<a href="{}"><b>{}</b></a>', url, row.label)

    @display(description=gettext_lazy("Holds"), ordering="kept")
    def holds(self, check: PromiseCheck) -> SafeString:
        return render_to_string("jobs/alive.html", {"alive": check.kept})

    @display(description=gettext_lazy("Why not"))
    def why(self, check: PromiseCheck) -> str:
        return told(Example.from_json(check.example), live()) if check.example else ""

    @display(description=gettext_lazy("Under"), ordering="draft")
    def under(self, check: PromiseCheck) -> str:
        return _("the working copy") if check.draft else _("what is published")

    @display(description=gettext_lazy("Checked"), ordering="checked_at")
    def looked(self, check: PromiseCheck) -> SafeString:
        return render_to_string("jobs/moment.html", {"moment": check.checked_at})
