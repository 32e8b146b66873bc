"""The fields that every record has as real columns, seen as fields: listed, filtered and sorted like others."""

from collections.abc import Iterator, Mapping

from django.conf import settings
from django.utils.translation import gettext, gettext_noop, override

from crm_config.definitions import FieldDef
from crm_config.field_types import registry


class Catalogue(Mapping[str, str]):
    """The translations of one of our own texts, as a map from language to text."""

    def __init__(self, message: str) -> None:
        self.message = message

    def __getitem__(self, language: str) -> str:
        if language not in dict(settings.LANGUAGES):
            raise KeyError(language)
        with override(language):
            return gettext(self.message)

    def __iter__(self) -> Iterator[str]:
        return iter(dict(settings.LANGUAGES))

    def __len__(self) -> int:
        return len(settings.LANGUAGES)


#: key, field type, column, name, and whether it may be sorted by
SYSTEM = (
    ("title", "text", "title", gettext_noop("Title"), True),
    ("owner", "user", "owner_id", gettext_noop("Owner"), True),
    ("team", "team", "team_id", gettext_noop("Team"), True),
    ("created_at", "datetime", "created_at", gettext_noop("Created"), True),
    ("created_by", "user", "created_by_id", gettext_noop("Created by"), False),
    ("modified_at", "datetime", "modified_at", gettext_noop("Modified"), True),
    ("modified_by", "user", "modified_by_id", gettext_noop("Modified by"), False),
    ("archived_at", "datetime", "archived_at", gettext_noop("Archived"), False),
)


def system_fields(record_type: str) -> dict[str, FieldDef]:
    return {
        key: FieldDef(
            record_type=record_type,
            key=key,
            type=registry.get(type_key),
            labels=Catalogue(name),
            column=column,
            filterable=True,
            sortable=sortable,
            searchable=key == "title",
        )
        for key, type_key, column, name, sortable in SYSTEM
    }
