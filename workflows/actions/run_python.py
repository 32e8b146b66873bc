"""Run an action that a plugin registered by name."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from workflows.actions.base import Action, Pause, Result, Work
from workflows.automations.arguments import Argument

_named: dict[str, Callable[[Work], Result]] = {}


def register(name: str, run: Callable[[Work], Result]) -> None:
    """In `AppConfig.ready()` of the plugin. It writes through `work.execute`, in the transaction of the step."""
    if name in _named:
        raise RuntimeError(f"Two actions of plugins are called {name!r}.")
    _named[name] = run


class RunPython(Action):
    def plan(self, work: Work) -> str:
        self._found(work)
        return _("Run “%(name)s”; what it does is not tried.") % {"name": work.given["name"]}

    def run(self, work: Work) -> Result:
        return self._found(work)(work)

    def _found(self, work: Work) -> Callable[[Work], Result]:
        try:
            return _named[work.given["name"]]
        except KeyError as error:
            raise Pause(
                _("No plugin has the action “%(name)s”.") % {"name": work.given["name"]}
            ) from error


RUN_PYTHON = RunPython(
    key="run_python",
    label=gettext_lazy("Run an action of a plugin"),
    description=gettext_lazy("One that a plugin registers by its name."),
    icon="code",
    arguments=(Argument("name", "text", gettext_lazy("Name"), required=True),),
)
