"""A line between the questions."""

from django.utils.translation import gettext_lazy

from forms_builder.items.base import OF_FORMS, ItemKind


class DividerItem(ItemKind):
    key = "divider"
    label = gettext_lazy("Divider")
    description = gettext_lazy("A line between the questions.")
    icon = "horizontalrule"
    channels = (*OF_FORMS, "survey")
