"""Adding, changing, archiving and deleting record types in the working copy."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from crm_config import insights, traits
from crm_config.errors import InUse
from crm_config.models import Field, RecordType
from crm_config.sections.record_types import TYPE_FIELDS, RecordTypeSection
from crm_config.working_copy.reading import WorkingCopy
from crm_config.working_copy.rights import forget_rights, goes_with_type

STANDARD_COLUMNS = ["title", "owner", "modified_at"]
NAME_FIELD = {
    "key": "name",
    "type": "text",
    "required": True,
    "filterable": True,
    "sortable": True,
    "searchable": True,
}


@transaction.atomic
def add_type(values: Mapping[str, Any], *, name_labels: Mapping[str, str]) -> RecordType:
    """A new type with what its traits bring; where no trait gives a title, with a field for a name."""
    raw = {"fields": [], **traits.complete(values)}
    if not raw.get("title_template"):
        raw["title_template"] = "{name}"
        if all(field["key"] != "name" for field in raw["fields"]):
            raw["fields"] = [{**NAME_FIELD, "labels": dict(name_labels)}, *raw["fields"]]
    raw.setdefault("columns", STANDARD_COLUMNS)
    RecordTypeSection().load([raw], replace=False)
    return RecordType.objects.get(key=raw["key"])


def links_without_targets(record_type: RecordType) -> list[Field]:
    rows = record_type.fields.filter(type="link", retired=False)
    return [row for row in rows if not row.options.get("targets")]


@transaction.atomic
def change_type(record_type: RecordType, values: Mapping[str, Any]) -> None:
    """Set attributes. Traits taken anew bring the fields that the type does not have yet."""
    fresh = set(values.get("traits", record_type.traits)) - set(record_type.traits)
    for name in TYPE_FIELDS:
        if name in values:
            setattr(record_type, name, values[name])
    record_type.save()
    if fresh:
        complete_by_traits(record_type)


def complete_by_traits(record_type: RecordType) -> None:
    section = RecordTypeSection()
    raw = next(raw for raw in section.dump() if raw["key"] == record_type.key)
    section.load([traits.complete(raw)], replace=False)
    record_type.refresh_from_db()


def set_columns(record_type: RecordType, columns: Sequence[str], sort: Sequence[str]) -> None:
    record_type.columns, record_type.sort = list(columns), list(sort)
    record_type.save(update_fields=["columns", "sort"])


def archive_type(record_type: RecordType) -> None:
    record_type.retired = True
    record_type.save(update_fields=["retired"])


def restore_type(record_type: RecordType) -> None:
    record_type.retired = False
    record_type.save(update_fields=["retired"])


@transaction.atomic
def delete_type(record_type: RecordType, copy: WorkingCopy) -> None:
    """Raises `InUse` where something refers to it, or where it has records."""
    path = ("record_types", record_type.key)
    if used := [r for r in copy.users_of(path) if not goes_with_type(r, record_type.key)]:
        raise InUse(_("Something else uses this record type: re-point it first."), list(used))
    if insights.get().record_count(record_type.key):
        raise InUse(_("This record type has records: archive it instead."), [])
    forget_rights(record_type.key)
    record_type.delete()
