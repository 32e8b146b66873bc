"""The colours that types and options may have, by name; `static/crm_config/css/colours.css` says how they look."""

from django.utils.translation import pgettext_lazy

COLOURS = {
    "grey": pgettext_lazy("colour", "Grey"),
    "blue": pgettext_lazy("colour", "Blue"),
    "teal": pgettext_lazy("colour", "Teal"),
    "green": pgettext_lazy("colour", "Green"),
    "yellow": pgettext_lazy("colour", "Yellow"),
    "orange": pgettext_lazy("colour", "Orange"),
    "red": pgettext_lazy("colour", "Red"),
    "pink": pgettext_lazy("colour", "Pink"),
    "purple": pgettext_lazy("colour", "Purple"),
}
