"""Only some roles may do something with records: “only Finance may change Invoices, where they are issued”."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.promises.kinds.base import Names, PromiseKind, each_of, put, with_condition
from crm_config.promises.words import VERBS
from crm_config.words.sentence import Sentence, say


class Only(PromiseKind):
    def says(self, arguments: Mapping[str, Any], names: Names) -> Sentence:
        places, roles = each_of(arguments["roles"], names)
        sentence = say(
            put(
                _("Only {roles} may {verb} {type}"),
                verb=VERBS.get(arguments["action"], arguments["action"]),
                roles=places,
            ),
            type=names.record_type(arguments["type"]),
            **roles,
        )
        return with_condition(sentence, arguments, names)


ONLY = Only(
    key="only",
    label=gettext_lazy("Only some roles may …"),
    description=gettext_lazy(
        "Whoever has none of the roles named does not do it with these records."
    ),
    example=gettext_lazy("Only Finance may change Invoices, where State is Issued."),
    icon="key",
    needs=("roles", "action", "type"),
    takes=("condition",),
)
