"""The operations registers: what waits, runs, recurs and went wrong, for administrators."""

from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.options import ModelAdmin, ModelAdminGroup

from jobs.registers.jobs import JobRegister
from jobs.registers.queue import FailureRegister, QueueRegister, ScheduleRegister, SuccessRegister
from jobs.registers.workers import WorkerRegister


class Operations(ModelAdminGroup):
    menu_label = _("Operations")
    menu_item_name = "operations"
    menu_icon = "tasks"
    menu_order = 850
    items = (
        JobRegister,
        WorkerRegister,
        QueueRegister,
        ScheduleRegister,
        FailureRegister,
        SuccessRegister,
    )


def add(register: type[ModelAdmin]) -> None:
    """Put another app's register into the group. For that app's `wagtail_hooks`, which are read before this
    one's: apps stand above `jobs` in `INSTALLED_APPS`."""
    Operations.items = (*Operations.items, register)  # type: ignore[assignment]


__all__ = ["Operations", "add"]
