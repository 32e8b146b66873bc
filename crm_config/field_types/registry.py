"""The field types by key. Fails loudly where two share one."""

from collections.abc import Mapping
from importlib import import_module
from inspect import isclass

from crm_config.field_types.base import FieldType

#: One module each, in the order in which the studio's gallery shows them.
MODULES = (
    "text",
    "long_text",
    "rich_text",
    "integer",
    "decimal",
    "money",
    "percent",
    "date",
    "datetime",
    "time",
    "duration",
    "boolean",
    "choice",
    "multi_choice",
    "rating",
    "email",
    "phone",
    "url",
    "address",
    "location",
    "link",
    "user",
    "team",
    "file",
    "image",
    "auto_number",
    "formula",
    "rollup",
    "lookup",
)


class UnknownFieldType(LookupError):
    def __init__(self, key: str) -> None:
        super().__init__(
            f"There is no field type {key!r}. Known: {', '.join(sorted(all_types()))}."
        )


def _load() -> dict[str, FieldType]:
    found: dict[str, FieldType] = {}
    for name in MODULES:
        module = import_module(f"crm_config.field_types.{name}")
        for member in vars(module).values():
            if (
                isclass(member)
                and issubclass(member, FieldType)
                and member.__module__ == module.__name__
            ):
                register(member(), found)
    return found


def register(field_type: FieldType, into: dict[str, FieldType]) -> None:
    if field_type.key in into:
        raise RuntimeError(
            f"Two field types call themselves {field_type.key!r}: rename one of them."
        )
    into[field_type.key] = field_type


_types: dict[str, FieldType] = {}


def all_types() -> Mapping[str, FieldType]:
    if not _types:
        _types.update(_load())
    return _types


def get(key: str) -> FieldType:
    try:
        return all_types()[key]
    except KeyError:
        raise UnknownFieldType(key) from None
