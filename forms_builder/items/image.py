"""A picture between the questions."""

from django.utils.translation import gettext_lazy

from crm_config.field_types.base import OptionSpec
from forms_builder.items.base import ItemKind


class ImageItem(ItemKind):
    key = "image"
    label = gettext_lazy("Image")
    description = gettext_lazy("A picture of the CMS.")
    icon = "image"
    option_specs = (
        OptionSpec("image", "integer", gettext_lazy("Image"), required=True, minimum=1),
        OptionSpec(
            "alt",
            "labels",
            gettext_lazy("What it shows"),
            gettext_lazy("For those who do not see it; without a text it says nothing to them."),
        ),
    )
