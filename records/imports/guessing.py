"""A first proposal of where a file's columns go, by their headings and by what stands in them.

Only a proposal: nothing is read by it before a person has seen it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from crm_config.definitions import FieldDef, TypeDef
from crm_config.field_types.base import CoerceContext, ValueRefused
from records.access import Access
from records.imports import parts, rights
from records.imports.fitting import findable
from records.imports.mapping import ID, ColumnMap, ImportMapping, Mode
from records.imports.people import PEOPLE
from records.imports.profile import ColumnProfile, Profile
from records.imports.synonyms import SYNONYMS, folded

#: Below this a column is left for a person to place.
ENOUGH = 0.55
LOOK_AT = 40
#: Shapes of values that tell a field by themselves, where it is the only one of its type.
TELLING = frozenset({"email", "phone", "url"})


@dataclass(frozen=True)
class Target:
    """A field, or a part of one, with all its names, folded."""

    name: str
    f: FieldDef
    names: frozenset[str]

    @property
    def part(self) -> str:
        return self.name.partition(".")[2]


def guess(profile: Profile, record_type: TypeDef, access: Access) -> ImportMapping:
    """A mapping for a file with this profile."""
    context = reading(profile, access)
    number = _numbers(profile, record_type)
    targets = list(_targets(record_type, access))
    scored = [
        (score, target.f.required, -place, target, column)
        for place, column in enumerate(profile.columns)
        for target in targets
        if (score := _score(column, target, targets, context)) >= ENOUGH
    ]
    scored.sort(key=lambda each: each[:3], reverse=True)
    placed: dict[str, ColumnMap] = {ID: ColumnMap(ID, number)} if number else {}
    used: set[str] = {number}
    for _points, _required, _place, target, column in scored:
        if column.heading not in used and not _clashes(target.name, placed):
            placed[target.name] = ColumnMap(target.name, column.heading, by=_by(target, column))
            used.add(column.heading)
    order = {column.heading: place for place, column in enumerate(profile.columns)}
    columns = tuple(sorted(placed.values(), key=lambda each: order[each.column]))
    match, mode = _match(profile, record_type, columns, access)
    if number and access.may("change", record_type):
        match, mode = (ID,), "update"
    return ImportMapping(
        type=record_type.key,
        columns=columns,
        match=match,
        mode=mode,
        date_order=context.date_order,
        decimal_mark=context.decimal_mark,
    )


def _numbers(profile: Profile, record_type: TypeDef) -> str:
    """The column of records' numbers, as an export of this type has it; nothing where there is none."""
    low, high = record_type.first_id, record_type.end_id
    for column in profile.columns:
        values = [str(value) for value in column.values]
        own = (value.isascii() and value.isdigit() and low < int(value) < high for value in values)
        if folded(column.heading) == ID and values and all(own):
            return column.heading
    return ""


def reading(profile: Profile, access: Access) -> CoerceContext:
    """Dates and numbers as the values show; where they do not, as is usual where the company is."""
    company = access.snapshot.company
    local = "mdy" if company.time_zone.startswith("America/") else "dmy"
    return CoerceContext(
        now=access.now,
        tz=access.tz,
        base_currency=company.base_currency,
        date_order=profile.date_order or local,  # type: ignore[arg-type]
        decimal_mark=profile.decimal_mark or ".",  # type: ignore[arg-type]
    )


def _targets(record_type: TypeDef, access: Access) -> Iterator[Target]:
    for f in rights.fields(access, record_type):
        for name, label in parts.targets(f):
            part = name.partition(".")[2]
            names = _part_names(f, part, label) if part else _names(f, record_type, access)
            yield Target(name, f, frozenset(folded(each) for each in names if each))


def _names(f: FieldDef, record_type: TypeDef, access: Access) -> set[str]:
    """Its key and labels; a link's also those of what it points at, a lone title field's those of its type."""
    names = {f.key, *f.labels.values(), *SYNONYMS.get(f.key, ())}
    if record_type.title_fields == (f.key,):
        names |= {record_type.key, *record_type.labels.values()}
        names |= {f"{each} {f.key}" for each in {record_type.key, *record_type.labels.values()}}
    if f.type.key == "link":
        for key in f.options.get("targets", ()):
            target = access.snapshot.types.get(key)
            names |= {key, *target.labels.values()} if target else {key}
    return names


def _part_names(f: FieldDef, part: str, label: str) -> set[str]:
    return {f"{f.key} {part}", label, part, *SYNONYMS.get(f"{f.type.key}.{part}", ())}


def _score(
    column: ColumnProfile, target: Target, targets: Sequence[Target], context: CoerceContext
) -> float:
    """From 0 to 1: names count most, values confirm or contradict."""
    name = max((_alike(folded(column.heading), each) for each in target.names), default=0)
    if target.part:
        name -= 0.02
    fits = _share_that_fits(column, target, context)
    if name == 0 and column.shape in TELLING:
        alone = sum(each.f.type.key == column.shape for each in targets) == 1
        name = 0.7 if alone and target.f.type.key == column.shape else 0
    if fits is None:
        return name * 0.9
    return name * (0.7 + 0.3 * fits) if fits >= 0.5 else name * fits


def _alike(heading: str, name: str) -> float:
    if heading == name:
        return 1.0
    ours, theirs = set(heading.split()), set(name.split())
    if not ours or not theirs:
        return 0.0
    shared = len(ours & theirs) / len(ours | theirs)
    if shared >= 0.5:
        return 0.5 + 0.4 * shared
    ratio = SequenceMatcher(None, heading, name).ratio()
    return 0.8 * ratio if ratio >= 0.86 else 0.0


def _share_that_fits(column: ColumnProfile, target: Target, context: CoerceContext) -> float | None:
    """The share of values that the field could take; None where that cannot be told from one value."""
    f = target.f
    if target.part or f.type.key in ("link", "user", "team", "text", "long_text", "rich_text"):
        return None
    values = column.values[:LOOK_AT]
    if not values:
        return None
    return sum(_fits(f, value, context) for value in values) / len(values)


def _fits(f: FieldDef, value: Any, context: CoerceContext) -> bool:
    try:
        return f.type.coerce(f, value, context) is not None
    except ValueRefused:
        return False


def _clashes(name: str, placed: dict[str, ColumnMap]) -> bool:
    """A field is given once, as a whole or in parts."""
    key, _dot, part = name.partition(".")
    if part:
        return name in placed or key in placed
    return any(each.partition(".")[0] == key for each in placed)


def _by(target: Target, column: ColumnProfile) -> tuple[str, ...]:
    """Exports name records by number; people name them by title."""
    kind = target.f.type.key
    if kind in ("link", *PEOPLE) and column.shape == "integer":
        return (ID,)
    return ("title",) if kind == "link" else ()


def _match(
    profile: Profile, record_type: TypeDef, columns: Sequence[ColumnMap], access: Access
) -> tuple[tuple[str, ...], Mode]:
    """A unique field; else a title field whose values in the file are all different."""
    given = {column.field: column.column for column in columns}
    keys = [f.key for f in record_type.active if f.unique and f.key in given]
    if not keys and len(record_type.title_fields) == 1:
        heading = given.get(record_type.title_fields[0])
        found = next((c for c in profile.columns if c.heading == heading), None)
        if found and found.distinct == found.filled == profile.rows:
            keys = [record_type.title_fields[0]]
    keys = [key for key in keys if findable(key, record_type, access)][:1]
    updates = bool(keys) and access.may("change", record_type)
    return tuple(keys) if updates else (), "both" if updates else "create"
