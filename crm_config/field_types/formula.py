"""Values computed from the record's own fields."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm_config.field_types.base import OptionSpec
from crm_config.field_types.support.computed import Computed
from crm_config.field_types.support.scaled import MOST_DECIMALS

RESULTS = (
    ("text", _("Text")),
    ("integer", _("Whole number")),
    ("decimal", _("Decimal number")),
    ("money", _("Money")),
    ("date", _("Date")),
    ("boolean", _("Yes or no")),
)


class FormulaType(Computed):
    key = "formula"
    label = _("Formula")
    description = _("Worked out from other fields of the record: price times quantity, days left.")
    example = "price * quantity"
    option_specs = (
        OptionSpec(
            "expression",
            "expression",
            _("Formula"),
            _("Such as price * quantity."),
            "",
            required=True,
        ),
        OptionSpec("result_type", "choice", _("Result"), "", "decimal", choices=RESULTS),
        OptionSpec(
            "decimals",
            "integer",
            _("Decimals"),
            _("Of a decimal number: it is rounded to so many."),
            2,
            minimum=0,
            maximum=MOST_DECIMALS,
        ),
    )

    def result_kind(self, options: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
        key = options.get("result_type") or "decimal"
        decimals = options.get("decimals")
        return key, {"decimals": 2 if decimals is None else decimals} if key == "decimal" else {}
