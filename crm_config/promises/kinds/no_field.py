"""No one in a role reads, or changes, a field: “no one in Intern may read Salary of Employees”."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.promises.kinds.base import Names, PromiseKind, put
from crm_config.promises.words import RIGHTS
from crm_config.words.sentence import Sentence, say


class NoField(PromiseKind):
    def says(self, arguments: Mapping[str, Any], names: Names) -> Sentence:
        return say(
            put(
                _("No one in {role} may {verb} the field {field} of {type}."),
                verb=RIGHTS.get(arguments["right"], arguments["right"]),
            ),
            role=names.role(arguments["role"]),
            field=names.field(arguments["type"], arguments["field"]),
            type=names.record_type(arguments["type"]),
        )


NO_FIELD = NoField(
    key="no_field",
    label=gettext_lazy("No one in a role reads a field"),
    description=gettext_lazy(
        "The field stays hidden from everybody with the role, or cannot be changed by them, "
        "whatever other roles they have."
    ),
    example=gettext_lazy("No one in Intern may read the field Salary of Employees."),
    icon="lock",
    needs=("role", "right", "type", "field"),
)
