"""The register of jobs, with retry and cancel."""

import json
from datetime import timedelta
from typing import Any

from django.contrib.admin import SimpleListFilter, display
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail_modeladmin.views import InspectView

from jobs import registry, selectors
from jobs.models import Job
from jobs.registers.base import Buttons, Register
from jobs.registers.index import RegisterIndex


class KindFilter(SimpleListFilter):
    title = gettext_lazy("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return sorted(((k, str(v.label)) for k, v in registry.kinds().items()), key=lambda p: p[1])

    def queryset(self, request: HttpRequest, queryset: QuerySet[Job]) -> QuerySet[Job]:
        return queryset.filter(kind=self.value()) if self.value() else queryset


class JobButtons(Buttons):
    def get_buttons_for_obj(self, obj: Job, *args: Any, **kwargs: Any) -> list[dict[str, Any]]:
        buttons = super().get_buttons_for_obj(obj, *args, **kwargs)
        if not self.request.user.has_perm("jobs.change_job"):
            return buttons
        if obj.can_retry:
            url = reverse("jobs:retry", args=[obj.pk])
            buttons.append(self.action_button(url=url, label=_("Retry")))
        if obj.can_cancel:
            url = reverse("jobs:cancel", args=[obj.pk])
            buttons.append(self.action_button(url=url, label=_("Cancel")))
        return buttons


class JobIndex(RegisterIndex):
    """The list, under a word on whether anybody is working."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        age = selectors.queue_age()
        return super().get_context_data(
            worker_lives=selectors.live_workers().exists(),
            waiting_since=timezone.now() - age if age else None,
            **kwargs,
        )


class JobDetails(InspectView):
    """Everything the ledger knows of one job."""

    page_title = gettext_lazy("Job")

    def get_template_names(self) -> list[str]:
        return ["jobs/details.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        job = self.instance
        return super().get_context_data(
            job=job,
            args_text=pretty(job.args),
            result_text="" if job.result is None else pretty(job.result),
            **kwargs,
        )


def pretty(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False, sort_keys=True)


class JobRegister(Register):
    model = Job
    base_url_path = "operations/jobs"
    menu_icon = "tasks"
    list_display = (
        "title",
        "status",
        "progress",
        "created_by",
        "queued",
        "took",
        "tries",
    )
    list_filter = ("state", KindFilter)
    list_select_related = ("created_by",)
    search_fields = ("kind", "key", "message", "error")
    ordering = ("-id",)
    index_view_class = JobIndex
    index_template_name = "jobs/jobs_register.html"
    index_view_extra_css = ["jobs/jobs.css"]
    inspect_view_extra_css = ["jobs/jobs.css"]
    inspect_view_class = JobDetails
    button_helper_class = JobButtons

    @display(description=gettext_lazy("Job"), ordering="kind")
    def title(self, job: Job) -> SafeString:
        return format_html('<a href="{}">{}</a>', self.details_url(job), job)

    @display(description=gettext_lazy("State"), ordering="state")
    def status(self, job: Job) -> SafeString:
        return render_to_string("jobs/state.html", {"job": job})

    @display(description=gettext_lazy("Progress"))
    def progress(self, job: Job) -> str:
        if job.progress_total:
            return f"{job.progress_done} / {job.progress_total}"
        return str(job.progress_done) if job.progress_done else "–"

    @display(description=gettext_lazy("Queued"), ordering="queued_at")
    def queued(self, job: Job) -> SafeString:
        return render_to_string("jobs/moment.html", {"moment": job.queued_at})

    @display(description=gettext_lazy("Took"))
    def took(self, job: Job) -> str:
        """How long it has been running, or ran the last time."""
        if not job.started_at or job.state == Job.State.QUEUED:
            return "–"
        end = job.finished_at or timezone.now()
        return str(timedelta(seconds=round((end - job.started_at).total_seconds())))

    @display(description=gettext_lazy("Attempts"), ordering="attempts")
    def tries(self, job: Job) -> str:
        return f"{job.attempts} / {job.max_attempts}"
