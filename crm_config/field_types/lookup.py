"""A field of a linked record, kept at hand."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm_config.field_types.base import OptionSpec
from crm_config.field_types.support.computed import Computed


class LookupType(Computed):
    """The compiler adds the option `result`, as for rollups, and the choices of the field shown."""

    key = "lookup"
    label = _("Field of a linked record")
    description = _("Shows what a linked record says: the county of a person's company.")
    example = "Attica"
    icon = "view"
    option_specs = (
        OptionSpec(
            "link", "field", _("Link"), _("A link of this type to one record."), "", required=True
        ),
        OptionSpec("field", "field", _("Field"), _("Of the linked record."), "", required=True),
    )

    def result_kind(self, options: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
        result = options.get("result") or {"type": "text"}
        return result["type"], dict(result.get("options") or {})
