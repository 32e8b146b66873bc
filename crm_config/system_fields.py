"""The fields that every record has as real columns, seen as fields: listed, filtered and sorted like others."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

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


#: Of a record type's key and the whole payload.
Provider = Callable[[str, Mapping[str, Any]], Iterable[FieldDef]]

_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """For apps above, in `AppConfig.ready()`: fields over real columns that a type has because of what those
    apps configure, as its stage."""
    _providers.append(provider)


def system_fields(record_type: str, payload: Mapping[str, Any]) -> dict[str, FieldDef]:
    given = [f for provider in _providers for f in provider(record_type, payload)]
    return {**_standard(record_type), **{f.key: f for f in given}}


def _standard(record_type: str) -> dict[str, FieldDef]:
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
