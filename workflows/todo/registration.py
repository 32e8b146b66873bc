"""What this part gives to the apps below; called once, when Django is ready."""

from django.utils.translation import gettext_lazy as _

from records.gate import extensions
from records.panels import list_actions, record_parts
from workflows.todo import keeping
from workflows.todo.parts import ActivityBand, ActivityLinks
from workflows.todo.screens import planning
from workflows.todo.sources.activities import Activities
from workflows.todo.sources.approvals import Approvals
from workflows.todo.sources.base import register
from workflows.todo.sources.deadlines import Deadlines
from workflows.todo.sources.stale import Stale


def ready() -> None:
    register(Activities())
    register(Deadlines())
    register(Stale())
    register(Approvals())
    extensions.after_write(keeping.keep, name="todo")
    plan = list_actions.ListAction("plan", _("Plan visits…"), planning.address)
    list_actions.register(plan)
    record_parts.register(ActivityBand(), place="head", order=30)
    record_parts.register(ActivityLinks(), place="more", order=30)
