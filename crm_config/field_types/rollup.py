"""Counts and sums over linked records."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm_config.field_types.base import OptionSpec
from crm_config.field_types.support.computed import Computed

FUNCTIONS = (
    ("count", _("How many")),
    ("sum", _("Sum")),
    ("min", _("Least")),
    ("max", _("Greatest")),
    ("average", _("Average")),
)


class RollupType(Computed):
    """The compiler adds the option `result`: `{"type": …, "options": …}` of what comes out."""

    key = "rollup"
    label = _("Sum over linked records")
    description = _(
        "Counts, sums or averages linked records: open offers, revenue, the last visit."
    )
    example = "31,000.00 EUR"
    icon = "table"
    option_specs = (
        OptionSpec(
            "relation",
            "field",
            _("Linked records"),
            _("A link of this type, or the other side of a link to it."),
            "",
            required=True,
        ),
        OptionSpec("function", "choice", _("What to work out"), "", "count", choices=FUNCTIONS),
        OptionSpec(
            "field", "field", _("Field"), _("Of the linked records; not needed to count."), ""
        ),
        OptionSpec("where", "condition", _("Only those where"), _("Counts all when left empty.")),
    )

    def check_options(self, options: Mapping[str, Any]) -> Iterable[str]:
        if options.get("function", "count") != "count" and not options.get("field"):
            yield gettext("Choose the field of the linked records to work with.")

    def result_kind(self, options: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
        if options.get("function", "count") == "count":
            return "integer", {}
        result = options.get("result") or {"type": "decimal"}
        return result["type"], dict(result.get("options") or {})
