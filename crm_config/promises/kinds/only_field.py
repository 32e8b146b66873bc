"""Only some roles read, or change, a field: “only Manager may read Confidential remarks of Persons”."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.promises.kinds.base import Names, PromiseKind, each_of, put
from crm_config.promises.words import RIGHTS
from crm_config.words.sentence import Sentence, say


class OnlyField(PromiseKind):
    def says(self, arguments: Mapping[str, Any], names: Names) -> Sentence:
        places, roles = each_of(arguments["roles"], names)
        return say(
            put(
                _("Only {roles} may {verb} the field {field} of {type}."),
                verb=RIGHTS.get(arguments["right"], arguments["right"]),
                roles=places,
            ),
            field=names.field(arguments["type"], arguments["field"]),
            type=names.record_type(arguments["type"]),
            **roles,
        )


ONLY_FIELD = OnlyField(
    key="only_field",
    label=gettext_lazy("Only some roles read a field"),
    description=gettext_lazy(
        "The field is hidden from whoever has none of the roles named, or cannot be changed by them."
    ),
    example=gettext_lazy("Only Manager may read the field Confidential remarks of Persons."),
    icon="key",
    needs=("roles", "right", "type", "field"),
)
