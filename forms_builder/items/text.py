"""A text between the questions."""

from django.utils.translation import gettext_lazy

from crm_config.field_types.base import OptionSpec
from forms_builder.items.base import OF_FORMS, ItemKind


class TextItem(ItemKind):
    key = "text"
    label = gettext_lazy("Text")
    description = gettext_lazy("An explanation between the questions.")
    icon = "pilcrow"
    channels = (*OF_FORMS, "survey")
    option_specs = (OptionSpec("text", "labels", gettext_lazy("Text"), required=True),)
