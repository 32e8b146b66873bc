"""Records that a role reaches: “each of Leads: someone in Sales leads may see it”."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.definitions import ACTIONS
from crm_config.promises.kinds.base import Names, PromiseKind, put, with_condition
from crm_config.promises.words import VERBS, WHO
from crm_config.words.sentence import Sentence, say


class Reach(PromiseKind):
    def says(self, arguments: Mapping[str, Any], names: Names) -> Sentence:
        sentence = say(
            put(
                _("Each of {type}: {who} in {role} may {verb} it"),
                verb=VERBS.get(arguments["action"], arguments["action"]),
                who=WHO.get(arguments["who"], arguments["who"]),
            ),
            type=names.record_type(arguments["type"]),
            role=names.role(arguments["role"]),
        )
        return with_condition(sentence, arguments, names)


REACH = Reach(
    key="reach",
    label=gettext_lazy("Nothing is out of reach of a role"),
    description=gettext_lazy(
        "Every one of these records is there for at least one member of the role, or for each of them."
    ),
    example=gettext_lazy("Each of Leads: someone in Sales leads may see it, where Owner is empty."),
    icon="view",
    needs=("role", "who", "action", "type"),
    takes=("condition",),
    actions=tuple(action for action in ACTIONS if action != "create"),
    asker=False,
)
