"""Where something is: a path in the payload as the names people gave."""

from django.utils.translation import gettext_lazy as _

from crm_config.sections.base import Path
from crm_config.words import registry
from crm_config.words.access import ACTIONS
from crm_config.words.vocabulary import Vocabulary

PARTS = {
    "title_template": _("Title"),
    "columns": _("Columns"),
    "sort": _("Sort"),
    "traits": _("Traits"),
    "labels": _("Name"),
    "time_zone": _("Time zone"),
    "base_currency": _("Base currency"),
    "languages": _("Languages"),
}
OBJECT, MEMBER = 2, 4


def place(path: Path, vocabulary: Vocabulary) -> str:
    """“Opportunity › Amount › Won” for a path to an option; the section's name for a path to nothing less."""
    if not path:
        return ""
    words = registry.of(path[0])
    if len(path) < OBJECT:
        return str(words.label)
    if path[0] == "company":
        return " › ".join([str(words.label), _part(path[1])])
    if path[0] == "roles" and len(path) >= MEMBER:
        return " › ".join([vocabulary.name(path[:OBJECT]), right(path, vocabulary)])
    names = [vocabulary.name(path[:end]) for end in range(OBJECT, len(path) + 1, 2)]
    if len(path) % 2:
        names.append(_part(path[-1]))
    return " › ".join(names)


def right(path: Path, vocabulary: Vocabulary) -> str:
    """What a role's grant or field right is about: “View: Deal”, “Deal › Amount”."""
    record_type, what = path[3].split(".", 1)
    name = vocabulary.record_type(record_type)
    if path[2] == "fields":
        return f"{name} › {vocabulary.field(record_type, what)}"
    return f"{ACTIONS.get(what, what)}: {name}"


def _part(name: str) -> str:
    return str(PARTS.get(name, name))
