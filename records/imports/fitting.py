"""Whether a mapping fits its type, its file and the rights of the person: asked before every run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from crm_config.conditions.api import ConditionInvalid, parse
from crm_config.definitions import FieldDef, TypeDef
from crm_config.field_types.support import currencies
from records.access import Access
from records.imports import parts, rights
from records.imports.errors import MappingRefused
from records.imports.mapping import ID, ColumnMap, ImportMapping
from records.imports.people import PEOPLE
from records.selectors.conditions import list_context

#: Fields of these types are no keys: their values are ids, or long, or of several parts.
NO_KEYS = frozenset(
    {"link", "user", "team", "file", "image", "long_text", "rich_text", "multi_choice"}
    | {"money", "address", "location", "boolean"}
)


def target(type_key: str, access: Access) -> TypeDef:
    """The type to import into. Raises `MappingRefused`."""
    record_type = access.snapshot.types.get(type_key)
    if record_type is None or not rights.may_import(access, record_type):
        raise MappingRefused(
            [_("There is no record type “%(key)s” that you may import into.") % {"key": type_key}]
        )
    return record_type


def require(
    mapping: ImportMapping, *, access: Access, headings: Sequence[str] | None = None
) -> TypeDef:
    """The type to import into. Raises `MappingRefused` with all that is wrong."""
    record_type = target(mapping.type, access)
    if found := list(problems(mapping, record_type, access, headings)):
        raise MappingRefused(found)
    return record_type


def problems(
    mapping: ImportMapping, record_type: TypeDef, access: Access, headings: Sequence[str] | None
) -> Iterator[str]:
    if not mapping.columns:
        yield _("Choose a field for at least one column.")
    yield from _headings(mapping, headings)
    yield from _twice(mapping, record_type)
    writable = {f.key: f for f in rights.fields(access, record_type)}
    for column in mapping.columns:
        yield from _column(column, mapping, writable, access)
    yield from _match(mapping, record_type, access)
    yield from _grants(mapping, record_type, access)
    yield from _remarks(mapping, record_type, access)


def _headings(mapping: ImportMapping, headings: Sequence[str] | None) -> Iterator[str]:
    if headings is not None:
        for name in sorted({c.column for c in mapping.columns if c.column} - set(headings)):
            yield _("The file has no column “%(name)s”.") % {"name": name}


def _twice(mapping: ImportMapping, record_type: TypeDef) -> Iterator[str]:
    for target, times in Counter(column.field for column in mapping.columns).items():
        if times > 1:
            yield (
                _("Two columns go to “%(field)s”: choose one.")
                % {"field": name_of(target, record_type)}
            )
    whole = {column.field for column in mapping.columns if not column.part}
    for column in mapping.columns:
        if column.part and column.key in whole:
            yield (
                _("“%(field)s” is given as a whole and in parts: choose one.")
                % {"field": name_of(column.key, record_type)}
            )


def name_of(target: str, record_type: TypeDef) -> str:
    f = record_type.all_fields.get(target.partition(".")[0])
    return dict(parts.targets(f)).get(target, target) if f else target


def _column(
    column: ColumnMap, mapping: ImportMapping, writable: dict[str, FieldDef], access: Access
) -> Iterator[str]:
    if column.field == ID:
        if ID not in mapping.match:
            yield _("The record's number can only be used to find records: match on it.")
        return
    f = writable.get(column.key)
    if f is None or (column.part and column.part not in parts.of(f)):
        yield _("You cannot import into a field “%(key)s”.") % {"key": column.field}
        return
    if column.currency and column.currency not in currencies.known():
        yield _("“%(code)s” is not the code of a currency.") % {"code": column.currency}
    yield from _finding(column, f, access)


def _finding(column: ColumnMap, f: FieldDef, access: Access) -> Iterator[str]:
    """Whether what links, users and teams are found by is there, may be read, and can make new ones."""
    if f.type.key == "link":
        yield from _linking(column, f, access)
    elif f.type.key in PEOPLE:
        for key in column.by:
            if key not in PEOPLE[f.type.key]:
                yield (
                    _("“%(field)s” cannot be found by “%(key)s”.") % {"field": f.label, "key": key}
                )
        if column.create and ID in column.by:
            yield _("“%(field)s” cannot be created by its number.") % {"field": f.label}
        if column.create and not rights.administers(access):
            yield _("Only administrators create users and teams in an import.")
    elif column.by or column.create:
        yield _("“%(field)s” points at nothing: it is not found by anything.") % {"field": f.label}


def _linking(column: ColumnMap, f: FieldDef, access: Access) -> Iterator[str]:
    targets = linked_types(f, access)
    if not targets:
        yield _("You may not see what “%(field)s” points at.") % {"field": f.label}
    for key in column.by:
        if not any(findable(key, target, access) for target in targets):
            yield _("“%(field)s” cannot be found by “%(key)s”.") % {"field": f.label, "key": key}
    if column.create and (targets and creation_key(column, targets[0]) is None):
        yield (
            _("New records of “%(field)s” need one text field to put the name into.")
            % {"field": f.label}
        )


def linked_types(f: FieldDef, access: Access) -> list[TypeDef]:
    """The types a link may point at, as far as this person sees them."""
    types = access.snapshot.types
    keys = f.options.get("targets", ())
    return [t for key in keys if (t := types.get(key)) and not t.retired and access.may("view", t)]


def findable(key: str, record_type: TypeDef, access: Access) -> bool:
    """Whether records of a type can be found by a field."""
    if key == ID:
        return True
    f = record_type.all_fields.get(key)
    return (
        f is not None
        and key in access.readable_everywhere(record_type)
        and (f.type.key not in NO_KEYS and f.type.storage == "data")
        and (not f.column or key == "title")
    )


def creation_key(column: ColumnMap, target: TypeDef) -> str | None:
    """The one field that a new record's name goes to, or None where that is not plain."""
    wanted = (column.by or ("title",))[0]
    if wanted == "title":
        alone = len(target.title_fields) == 1 and target.title_template.strip() == (
            f"{{{target.title_fields[0]}}}"
        )
        wanted = target.title_fields[0] if alone else ""
    f = target.fields.get(wanted)
    return wanted if f is not None and f.editable and f.type.key in ("text", "email") else None


def _match(mapping: ImportMapping, record_type: TypeDef, access: Access) -> Iterator[str]:
    if mapping.mode != "create" and not mapping.match:
        yield _("Choose the fields by which existing records are found.")
    given = {column.field for column in mapping.columns}
    for key in mapping.match:
        if not findable(key, record_type, access):
            yield _("Records cannot be found by “%(key)s”.") % {"key": name_of(key, record_type)}
        elif key not in given:
            yield (
                _("Records are to be found by “%(field)s”, but no column goes there.")
                % {"field": name_of(key, record_type)}
            )
    if ID in mapping.match and len(mapping.match) > 1:
        yield _("The record's number finds a record alone: match on nothing else.")
    if ID in mapping.match and mapping.mode != "update":
        yield _("By the record's number, records can only be updated.")


def _grants(mapping: ImportMapping, record_type: TypeDef, access: Access) -> Iterator[str]:
    if mapping.mode != "update" and not access.may("create", record_type):
        yield _("You may not create %(type)s.") % {"type": record_type.plural_label}
    if mapping.mode != "create" and not access.may("change", record_type):
        yield _("You may not change %(type)s.") % {"type": record_type.plural_label}
    if mapping.mode != "update":
        given = {column.key for column in mapping.columns}
        for f in record_type.active:
            if f.required and f.key not in given and f.default is None and f.editable:
                yield (
                    _("“%(field)s” is required: choose a column or a constant for it.")
                    % {"field": f.label}
                )


def _remarks(mapping: ImportMapping, record_type: TypeDef, access: Access) -> Iterator[str]:
    context = list_context(record_type, access)
    for remark in mapping.remarks:
        if not _of_one_row(remark.where):
            yield _("The remark “%(key)s” may ask about the row's own fields alone.") % {
                "key": remark.key
            }
            continue
        try:
            parse(remark.where, context)
        except ConditionInvalid as error:
            yield (
                _("The remark “%(key)s” cannot be asked: %(error)s")
                % {"key": remark.key, "error": error}
            )


def _of_one_row(where: Any) -> bool:
    """A row knows its own values: no other records, no segments, no changes."""
    if isinstance(where, Mapping):
        if where.keys() & {"related", "segment", "changed", "changed_to", "was"}:
            return False
        return "." not in str(where.get("field", "")) and all(map(_of_one_row, where.values()))
    return all(map(_of_one_row, where)) if isinstance(where, list) else True
