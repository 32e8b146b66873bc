"""What this part gives to the apps below; called once, when Django is ready."""

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
