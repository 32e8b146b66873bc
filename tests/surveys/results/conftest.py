"""Kinds of questions, where they are not there yet."""

from forms_builder.items.base import ItemKind
from forms_builder.items.registry import ITEMS


def kind(name, measured):
    class Kind(ItemKind):
        key = name
        label = name
        description = name
        asks = True
        measure = measured

    return Kind()


for name, measured in (
    ("nps", "nps"),
    ("csat", "csat"),
    ("survey_text", "text"),
    ("survey_choice", "choice"),
):
    ITEMS.setdefault(name, kind(name, measured))
