"""What a conversion makes: by name, a record type, values, what it is found by, and rows that go along."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from crm_config.definitions import Snapshot, TypeDef
from crm_config.references import field_path
from crm_config.sections.base import Path
from workflows.automations.sources import read_by, wrong_source

TARGET = {"type", "values", "match", "rows"}
ROWS = {"type", "link", "values"}


def in_order(targets: Mapping[str, Any]) -> list[str]:
    """Names of targets, each after those it points at: JSON keeps no order. Those in a circle are left out."""
    left = {name: _points_at(target) & targets.keys() for name, target in sorted(targets.items())}
    found: list[str] = []
    while ready := [name for name, others in left.items() if others <= set(found)]:
        found += ready
        left = {name: others for name, others in left.items() if name not in ready}
    return found


def _points_at(target: Any) -> set[str]:
    values = target.get("values", {}) if isinstance(target, Mapping) else {}
    return {s["made"] for s in values.values() if isinstance(s, Mapping) and "made" in s}


def wrong_targets(targets: Any, snapshot: Snapshot, about: TypeDef) -> Iterator[str]:
    """`about` is the type of the record that is converted."""
    if circle := targets.keys() - set(in_order(targets)):
        yield _("What is made points at each other in a circle: %(names)s.") % {
            "names": ", ".join(sorted(circle))
        }
    for name, target in targets.items():
        found = _type(target, TARGET, snapshot)
        if found is None:
            yield _("“%(name)s” names no record type that is there, or says too much.") % {
                "name": name
            }
            continue
        for key, source in target.get("values", {}).items():
            if isinstance(source, Mapping) and "made" in source:
                if source["made"] not in targets:
                    yield _("“%(name)s” is not made here.") % {"name": source["made"]}
            else:
                yield from wrong_source(key, source, snapshot, about, found.all_fields.get(key))
        named = [*target.get("values", {}), *filter(None, [target.get("match")])]
        yield from _unknown(named, found)
        if rows := target.get("rows"):
            yield from _wrong_rows(name, rows, snapshot)


def _wrong_rows(name: str, rows: Any, snapshot: Snapshot) -> Iterator[str]:
    found = _type(rows, ROWS, snapshot)
    link = found.all_fields.get(rows.get("link", "")) if found else None
    if found is None or link is None or link.type.storage != "links":
        yield _("Say of which type the rows of “%(name)s” are, and by which link they belong.") % {
            "name": name
        }
        return
    values = rows.get("values", {})
    yield from _unknown(values, found)
    for key, source in values.items():
        yield from wrong_source(key, source, snapshot, found, found.all_fields.get(key))


def _type(raw: Any, known: set[str], snapshot: Snapshot) -> TypeDef | None:
    if not isinstance(raw, Mapping) or not raw.keys() <= known:
        return None
    return snapshot.types.get(raw.get("type", ""))


def _unknown(keys: Any, record_type: TypeDef) -> Iterator[str]:
    for key in keys:
        if key not in record_type.all_fields:
            yield _("There is no field “%(field)s” of “%(type)s”.") % {
                "field": key,
                "type": record_type.key,
            }


def used_by(targets: Any, snapshot: Snapshot, about: TypeDef) -> Iterator[Path]:
    """Types and fields that a conversion relies on."""
    for target in targets.values():
        found = _type(target, TARGET, snapshot)
        if found is None:
            continue
        yield "record_types", found.key
        values = target.get("values", {})
        yield from _own(found, [*values, target.get("match")])
        yield from read_by(values, snapshot, about)
        rows = target.get("rows") or {}
        if row := _type(rows, ROWS, snapshot):
            yield "record_types", row.key
            yield from _own(row, [*rows.get("values", {}), rows.get("link")])
            yield from read_by(rows.get("values", {}), snapshot, row)


def _own(record_type: TypeDef, keys: Any) -> Iterator[Path]:
    yield from (field_path(record_type.key, key) for key in keys if key in record_type.fields)
