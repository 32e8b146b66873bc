"""The registers of django-q2: what is on its way to a worker, what recurs, and what the queue itself noted."""

from typing import Any

from django.contrib.admin import display
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_q.models import Failure, OrmQ, Schedule, Success, Task

from jobs import registry
from jobs.periods import STARTER
from jobs.registers.base import Buttons, Register, Removable


class QueueRegister(Register):
    model = OrmQ
    base_url_path = "operations/queue"
    menu_label = gettext_lazy("Queue")
    menu_icon = "list-ul"
    list_display = ("name", "func", "arguments", "lock")
    inspect_view_fields = ["name", "func", "args", "lock"]
    index_template_name = "jobs/register.html"
    index_view_extra_css = ["jobs/jobs.css"]
    permission_helper_class = Removable
    ordering = ("id",)

    @display(description=gettext_lazy("Name"))
    def name(self, queued: OrmQ) -> str:
        return queued.name() or "–"

    @display(description=gettext_lazy("Function"))
    def func(self, queued: OrmQ) -> str:
        return queued.func() or "–"

    @display(description=gettext_lazy("Arguments"))
    def arguments(self, queued: OrmQ) -> str:
        return ", ".join(map(repr, queued.args() or ()))


class ScheduleButtons(Buttons):
    def get_buttons_for_obj(self, obj: Schedule, *args: Any, **kwargs: Any) -> list[dict[str, Any]]:
        buttons = super().get_buttons_for_obj(obj, *args, **kwargs)
        if obj.func == STARTER and self.request.user.has_perm("jobs.change_job"):
            url = reverse("jobs:start", args=[obj.pk])
            buttons.append(self.action_button(url=url, label=_("Start now")))
        return buttons


class ScheduleRegister(Register):
    model = Schedule
    base_url_path = "operations/schedules"
    menu_label = gettext_lazy("Schedules")
    menu_icon = "calendar-alt"
    list_display = ("work", "every", "next_run")
    inspect_view_fields = ["name", "schedule_type", "minutes", "next_run"]
    index_template_name = "jobs/register.html"
    index_view_extra_css = ["jobs/jobs.css"]
    button_helper_class = ScheduleButtons
    ordering = ("next_run",)

    @display(description=gettext_lazy("Job"), ordering="name")
    def work(self, schedule: Schedule) -> str:
        return registry.label_of(schedule.name) if schedule.func == STARTER else schedule.func

    @display(description=gettext_lazy("How often"))
    def every(self, schedule: Schedule) -> str:
        if schedule.minutes:
            return _("every %(minutes)s minutes") % {"minutes": schedule.minutes}
        return schedule.get_schedule_type_display()


class TaskRegister(Register):
    list_display = ("name", "func", "started", "stopped")
    search_fields = ("name", "func", "group")
    inspect_view_fields = ["name", "func", "args", "started", "stopped", "result"]
    index_template_name = "jobs/register.html"
    index_view_extra_css = ["jobs/jobs.css"]
    permission_helper_class = Removable
    ordering = ("-stopped",)


class SuccessRegister(TaskRegister):
    model: type[Task] = Success
    base_url_path = "operations/successes"
    menu_label = gettext_lazy("Queue: succeeded")
    menu_icon = "check"


class FailureRegister(TaskRegister):
    model: type[Task] = Failure
    base_url_path = "operations/failures"
    menu_label = gettext_lazy("Queue: failed")
    menu_icon = "warning"
