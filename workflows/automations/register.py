"""The register of runs, with going on, doing once more and cancelling."""

from typing import Any

from django.contrib.admin import display
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobs.registers.base import Buttons, Register
from workflows.models import AutomationRun


class RunButtons(Buttons):
    def get_buttons_for_obj(
        self, obj: AutomationRun, *args: Any, **kwargs: Any
    ) -> list[dict[str, Any]]:
        buttons = super().get_buttons_for_obj(obj, *args, **kwargs)
        if not self.request.user.has_perm("workflows.change_automationrun"):
            return buttons
        offered = [("replay", _("Do once more"), True), ("retry", _("Go on"), obj.can_retry),
                   ("cancel", _("Cancel"), obj.can_cancel)]  # fmt: skip
        for name, label, there in offered:
            if there:
                url = reverse(f"automations:{name}", args=[obj.pk])
                buttons.append(self.action_button(url=url, label=label))
        return buttons


class RunRegister(Register):
    model = AutomationRun
    base_url_path = "operations/automations"
    menu_icon = "cogs"
    list_display = ("title", "record_id", "state", "reason", "created_at", "wake_at", "attempts")
    list_filter = ("state", "automation")
    search_fields = ("automation", "reason")
    ordering = ("-id",)
    index_template_name = "jobs/register.html"
    index_view_extra_css = ["jobs/jobs.css"]
    inspect_view_fields = ["automation", "record_id", "occasion", "state", "reason", "config_version", "depth",
                           "actor", "created_at", "finished_at", "steps_done"]  # fmt: skip
    button_helper_class = RunButtons

    @display(description=gettext_lazy("Automation"), ordering="automation")
    def title(self, run: AutomationRun) -> SafeString:
        return format_html('<a href="{}">{}</a>', self.details_url(run), run)
