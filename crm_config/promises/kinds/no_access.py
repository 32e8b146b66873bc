"""No one in a role may do something with records: “no one in Intern may delete Organisations”."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.promises.kinds.base import Names, PromiseKind, put, with_condition
from crm_config.promises.words import VERBS
from crm_config.words.sentence import Sentence, say


class NoAccess(PromiseKind):
    def says(self, arguments: Mapping[str, Any], names: Names) -> Sentence:
        sentence = say(
            put(
                _("No one in {role} may {verb} {type}"),
                verb=VERBS.get(arguments["action"], arguments["action"]),
            ),
            role=names.role(arguments["role"]),
            type=names.record_type(arguments["type"]),
        )
        return with_condition(sentence, arguments, names)


NO_ACCESS = NoAccess(
    key="no_access",
    label=gettext_lazy("No one in a role may …"),
    description=gettext_lazy(
        "Nobody with the role, whatever other roles they have, does it with these records."
    ),
    example=gettext_lazy("No one in Intern may delete Organisations."),
    icon="lock",
    needs=("role", "action", "type"),
    takes=("condition",),
)
