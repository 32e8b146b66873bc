"""Following and steering a job: its owner may follow and cancel it, an operator may do everything."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from django_q.models import Schedule
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from jobs import periods, selectors, services
from jobs.errors import NotAllowed
from jobs.models import Job
from jobs.periods import STARTER


def visible_job(request: HttpRequest, pk: int) -> Job:
    """The job, if this user may follow it. Raises Http404, also to hide that it exists."""
    jobs = selectors.visible_to(request.user).select_related("created_by")
    return get_object_or_404(jobs, pk=pk)


class ProgressView(View):
    """How far a job is, for the page that polls: whether it has ended, and its progress as HTML."""

    def get(self, request: HttpRequest, pk: int) -> JsonResponse:
        job = visible_job(request, pk)
        html = render_to_string("jobs/progress_facts.html", {"job": job}, request=request)
        answer = JsonResponse({"finished": job.is_finished, "state": job.state, "html": html})
        answer["Cache-Control"] = "no-store"
        return answer


class JobPage(WagtailAdminTemplateMixin, TemplateView):
    """A page that shows one job's progress."""

    template_name = "jobs/page.html"
    header_icon = "tasks"

    def get_page_title(self) -> str:
        return self.job.label

    def get_breadcrumbs_items(self) -> list[dict[str, str | Promise]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.job.label}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.job = visible_job(request, kwargs["pk"])
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(job=self.job, **kwargs)


class ConfirmedAction(WagtailAdminTemplateMixin, TemplateView):
    """Asks on GET, acts on POST, and goes back to where the user came from."""

    template_name = "jobs/confirm.html"
    header_icon = "tasks"
    verb: str | Promise
    question: str | Promise
    success: str | Promise

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.subject = self.find(request, kwargs["pk"])

    def find(self, request: HttpRequest, pk: int) -> Any:
        raise NotImplementedError

    def act(self) -> None:
        """Do it. Raises NotAllowed."""
        raise NotImplementedError

    def get_page_title(self) -> str:
        return str(self.verb)

    def get_page_subtitle(self) -> str:
        return str(self.subject)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseRedirect:
        try:
            self.act()
        except NotAllowed as error:
            messages.error(request, str(error))
        else:
            messages.success(request, self.success)
        return HttpResponseRedirect(self.back_url())

    def back_url(self) -> str:
        wanted = self.request.POST.get("next") or self.request.GET.get("next") or ""
        if url_has_allowed_host_and_scheme(wanted, allowed_hosts={self.request.get_host()}):
            return wanted
        return self.default_url()

    def default_url(self) -> str:
        return reverse("jobs:job", args=[self.subject.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            verb=self.verb,
            question=self.question,
            subject=self.subject,
            next=self.back_url(),
            **kwargs,
        )


class RetryView(ConfirmedAction):
    verb = gettext_lazy("Retry")
    question = gettext_lazy("The job starts again, from where it last kept its work.")
    success = gettext_lazy("The job will run again.")

    def find(self, request: HttpRequest, pk: int) -> Job:
        if not request.user.has_perm("jobs.change_job"):
            raise PermissionDenied
        return visible_job(request, pk)

    def act(self) -> None:
        services.retry(self.subject)


class CancelView(ConfirmedAction):
    verb = gettext_lazy("Cancel job")
    question = gettext_lazy("A waiting job is cancelled at once. A running one stops when it can.")
    success = gettext_lazy("The job is cancelled, or stops when it can.")

    def find(self, request: HttpRequest, pk: int) -> Job:
        job = visible_job(request, pk)
        if not selectors.may_cancel(request.user, job):
            raise PermissionDenied
        return job

    def act(self) -> None:
        services.cancel(self.subject)


class StartView(ConfirmedAction):
    """Start a recurring job now, whatever its schedule says."""

    verb = gettext_lazy("Start now")
    question = gettext_lazy("The job starts now. Its schedule stays as it is.")
    success = gettext_lazy("The job has been started.")

    def find(self, request: HttpRequest, pk: int) -> Schedule:
        if not request.user.has_perm("jobs.change_job"):
            raise PermissionDenied
        return get_object_or_404(Schedule, pk=pk, func=STARTER)

    def get_page_subtitle(self) -> str:
        return _("schedule")

    def act(self) -> None:
        periods.start(self.subject.name)

    def default_url(self) -> str:
        return reverse("operations_schedules_modeladmin_index")
