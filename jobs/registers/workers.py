"""The register of workers."""

from django.contrib.admin import display
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from jobs import selectors
from jobs.models import Worker
from jobs.registers.base import Register


class WorkerRegister(Register):
    model = Worker
    base_url_path = "operations/workers"
    menu_icon = "cogs"
    list_display = ("name", "alive", "beat_at", "started_at", "pool", "restarts")
    index_template_name = "jobs/register.html"
    index_view_extra_css = ["jobs/jobs.css"]

    @display(description=_("Heard of lately"))
    def alive(self, worker: Worker) -> SafeString:
        alive = selectors.is_live(worker)
        return render_to_string("jobs/alive.html", {"alive": alive})
