"""Where a value that an action gives comes from: what is wrong with it, and which fields it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from crm_config.checks.computed import kind_at
from crm_config.definitions import FieldDef, Snapshot, TypeDef
from crm_config.dependencies import formula_paths
from crm_config.field_types.base import ValueRefused
from crm_config.formulas import FormulaInvalid, check
from crm_config.references import field_path
from crm_config.sections.base import Path
from records.conversions.context import Converting

#: As it is, from a field (also over links), by a formula, as a day from today.
SOURCES = ("value", "from", "formula", "today")


#: What a value of these points at is not part of a configuration.
POINTING = ("link", "user", "team", "file", "image")


class Unknown(Exception):
    """A path names a field that is not there; its argument is the path."""


def wrong_source(
    key: str, source: Any, snapshot: Snapshot, about: TypeDef, into: FieldDef | None
) -> Iterator[str]:
    """`about` is the type of the record that is read, `into` the field that is written, where it is there."""
    if not isinstance(source, Mapping) or len(source) != 1 or next(iter(source)) not in SOURCES:
        yield _("Say for “%(field)s” where its value comes from.") % {"field": key}
        return
    if "formula" in source:
        yield from wrong_formula(str(source["formula"]), snapshot, about)
        return
    if "value" in source and into is not None and into.type.key not in POINTING:
        yield from _wrong_value(into, source["value"], snapshot)
    try:
        list(fields_of(source, snapshot, about))
    except Unknown as unknown:
        yield _("There is no field “%(field)s” of “%(type)s”.") % {
            "field": unknown.args[0],
            "type": about.key,
        }


def wrong_formula(formula: str, snapshot: Snapshot, about: TypeDef) -> Iterator[str]:
    try:
        check(formula, partial(kind_at, record_type=about, snapshot=snapshot, system=True))
    except FormulaInvalid as invalid:
        yield str(invalid)


def _wrong_value(into: FieldDef, raw: Any, snapshot: Snapshot) -> Iterator[str]:
    try:
        into.type.coerce(into, raw, Converting(snapshot).coerce)
    except ValueRefused as refusal:
        yield f"{into.label}: {refusal.message}"


def read_by(values: Mapping[str, Any], snapshot: Snapshot, about: TypeDef) -> Iterator[Path]:
    """The fields that values come from. Of what cannot be read nothing is known; the check says so."""
    for source in values.values():
        try:
            yield from list(fields_of(source, snapshot, about))
        except Unknown:
            continue


def fields_of(source: Any, snapshot: Snapshot, about: TypeDef) -> Iterator[Path]:
    """Raises `Unknown`."""
    if not isinstance(source, Mapping):
        return
    if "from" in source and source["from"] != "id":
        yield from _along(str(source["from"]).split("."), snapshot, about)
    for parts in sorted(formula_paths(str(source.get("formula", "")))):
        yield from _along(parts, snapshot, about)


def _along(parts: Sequence[str], snapshot: Snapshot, about: TypeDef) -> Iterator[Path]:
    types = [about]
    for part in parts:
        having = [each for each in types if part in each.all_fields]
        if not having:
            raise Unknown(".".join(parts))
        yield from (field_path(each.key, part) for each in having if part in each.fields)
        targets = [t for each in having for t in each.all_fields[part].options.get("targets", ())]
        types = [snapshot.types[key] for key in dict.fromkeys(targets) if key in snapshot.types]
