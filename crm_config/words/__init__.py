"""The configuration in words: differences as sentences, paths as names.

for group in in_words(differences, before, after):
    for change in group.changes:
        print(group.name, change.sentence)
"""

from crm_config.words import company, record_types, registry, roles, segments
from crm_config.words.changes import Change, Group, change_id, in_words
from crm_config.words.places import place
from crm_config.words.registry import SectionWords, register
from crm_config.words.vocabulary import Vocabulary

__all__ = [
    "Change",
    "Group",
    "SectionWords",
    "Vocabulary",
    "change_id",
    "in_words",
    "place",
    "register",
    "register_own",
]


def register_own() -> None:
    """The sections of this app; called once, when the apps are ready."""
    for section, words in (
        ("company", company.WORDS),
        ("record_types", record_types.WORDS),
        ("roles", roles.WORDS),
        ("segments", segments.WORDS),
    ):
        registry.register(section, words)
