"""Give the record an owner."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.definitions import TypeDef
from crm_config.models import User
from records.gate.change import Change
from workflows.actions.base import Action, Pause, Result, Work
from workflows.automations import people
from workflows.automations.arguments import Argument
from workflows.people import with_role

HOW = (
    ("person", gettext_lazy("to the first of them who is here")),
    ("rotation", gettext_lazy("in turn")),
    ("least_loaded", gettext_lazy("to who has the fewest")),
)


class Assign(Action):
    def plan(self, work: Work) -> str:
        chosen = self._choose(work, people.next_in_turn)
        if problems := work.check(self._changes(work, chosen)):
            raise Pause(" ".join(problems))
        return self._words(chosen)

    def run(self, work: Work) -> Result:
        chosen = self._choose(work, people.in_turn)
        receipt = work.execute(self._changes(work, chosen))
        return Result(self._words(chosen), receipt.batch)

    def _choose(self, work: Work, in_turn: Any) -> User:
        found = people.named(work.given.get("users") or ())
        if not found and work.given.get("role"):
            found = with_role(work.given["role"])
        if not found:
            raise Pause(_("None of those it is to be given to works here any more."))
        here = people.present(found, work.now)
        if work.given["how"] == "rotation":
            chosen: User = in_turn(here, work.automation.key, work.action.key)
            return chosen
        return (
            people.least_loaded(here, work.type) if work.given["how"] == "least_loaded" else here[0]
        )

    def _changes(self, work: Work, chosen: User) -> Sequence[Change]:
        return [Change("change", id=work.record_id, values={"owner": chosen.pk})]

    def _words(self, chosen: User) -> str:
        return _("Give it to %(name)s.") % {"name": chosen}

    def says(self, given: Mapping[str, Any], record_type: TypeDef) -> str:
        return _("assign it %(how)s") % {"how": dict(HOW).get(given.get("how", ""), "")}


ASSIGN = Assign(
    key="assign",
    label=gettext_lazy("Assign"),
    description=gettext_lazy(
        "To a person, in turn or to who has the fewest; the absent are passed over, and where all are absent, "
        "those who stand in get it."
    ),
    icon="user",
    arguments=(
        Argument("how", "choice", gettext_lazy("How"), choices=HOW, required=True),
        Argument("users", "users", gettext_lazy("People"), gettext_lazy("User names, one a line.")),
        Argument("role", "role", gettext_lazy("Or everybody with the role")),
    ),
)
