"""Which fields a text such as `company.industry` means, and which records a relation reaches.

A path is resolved for several types at once: a link may point at records of more than one type, and
the field is then read where the type has it. A record of a type without the field has no value there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from crm_config.definitions import FieldDef, ReverseLink, Snapshot, TypeDef
from crm_config.field_types.support.computed import Computed

Readable = Callable[[FieldDef], bool]
Types = tuple[TypeDef, ...]


@dataclass(frozen=True, eq=False)
class Step:
    """Over a link: from the types that have it to all types that it may point at."""

    key: str
    sources: Mapping[str, FieldDef]
    #: The types that have the link, and whether all that can stand there do.
    types: Types
    whole: bool
    targets: Types

    @property
    def label(self) -> str:
        return next(iter(self.sources.values())).label


@dataclass(frozen=True, eq=False)
class FieldPath:
    """`fields` holds the field per type that has it; all are of one kind."""

    text: str
    steps: tuple[Step, ...]
    fields: Mapping[str, FieldDef]
    #: The types that have the field, and whether all that can stand there do.
    types: Types
    whole: bool
    #: Of a link: the types that it may point at.
    targets: Types = ()

    @property
    def field(self) -> FieldDef:
        return next(iter(self.fields.values()))

    @property
    def labels(self) -> list[str]:
        return [*(step.label for step in self.steps), self.field.label]


@dataclass(frozen=True, eq=False)
class Relation:
    """Related records: over the type's own link (`forward`), or over a link that points here.

    `links` holds the link fields by the type that has them; `far` the types of the related records.
    """

    key: str
    label: str
    forward: bool
    links: Mapping[str, FieldDef]
    #: The types that have the link, and whether all that can stand on its near side do.
    sources: Types
    whole: bool
    far: Types

    @property
    def link_key(self) -> str:
        return next(iter(self.links.values())).key


class NoSuchField(LookupError):
    """Unknown, retired or hidden: which of them is not said."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(key)


class NotALink(LookupError):
    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(key)


class MixedKinds(LookupError):
    """The types that can stand there have fields of this key, but not of one kind."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(key)


class TooManyLinks(LookupError):
    pass


def fields_of(types: Types, key: str, readable: Readable) -> dict[str, FieldDef]:
    """By type; raises `NoSuchField` where no type has it for the reader."""
    found = {t.key: t.all_fields[key] for t in types if key in t.all_fields}
    seen = {type_key: field for type_key, field in found.items() if readable(field)}
    if not seen:
        raise NoSuchField(key)
    return seen


def resolve(
    text: str, types: Types, snapshot: Snapshot, readable: Readable, *, links: int
) -> FieldPath:
    """Raises `NoSuchField`, `NotALink`, `MixedKinds` or `TooManyLinks`."""
    *hops, last = text.split(".")
    if len(hops) > links:
        raise TooManyLinks(text)
    steps: list[Step] = []
    for key in hops:
        step = _step(key, types, snapshot, readable)
        steps.append(step)
        types = step.targets
    fields = fields_of(types, last, readable)
    if len({kind(field) for field in fields.values()}) > 1:
        raise MixedKinds(last)
    having = _having(types, fields)
    targets = _targets((f for f in fields.values() if is_link(f)), snapshot)
    return FieldPath(text, tuple(steps), fields, having, having == types, targets)


def _having(types: Types, fields: Mapping[str, FieldDef]) -> Types:
    return tuple(t for t in types if t.key in fields)


def _step(key: str, types: Types, snapshot: Snapshot, readable: Readable) -> Step:
    fields = fields_of(types, key, readable)
    links = {type_key: field for type_key, field in fields.items() if is_link(field)}
    if not links:
        raise NotALink(key)
    having = _having(types, links)
    return Step(key, links, having, having == types, _targets(links.values(), snapshot))


def is_link(field: FieldDef) -> bool:
    return field.type.storage == "links"


def _targets(links: Iterable[FieldDef], snapshot: Snapshot) -> Types:
    keys = {key for link in links for key in link.options.get("targets", ())}
    return tuple(snapshot.types[key] for key in sorted(keys & set(snapshot.types)))


def relation(key: str, types: Types, snapshot: Snapshot, readable: Readable) -> Relation:
    """Raises `NoSuchField` or `NotALink`. A type's own link comes before one that points at it."""
    reverse = list(_reverse(key, types, snapshot, readable))
    try:
        step = _step(key, types, snapshot, readable)
    except LookupError:
        if not reverse:
            raise
    else:
        return Relation(key, step.label, True, step.sources, step.types, step.whole, step.targets)
    link = reverse[0].field
    source = snapshot.types[link.record_type]
    return Relation(
        key, reverse[0].label, False, {source.key: link}, (source,), whole=True, far=(source,)
    )


def _reverse(
    key: str, types: Types, snapshot: Snapshot, readable: Readable
) -> Iterator[ReverseLink]:
    return (
        link
        for t in types
        for link in snapshot.reverse_links.get(t.key, ())
        if link.key == key and readable(link.field)
    )


def plain(field: FieldDef) -> FieldDef:
    """A computed field as a field of its result's type."""
    return field.type.result_field(field) if isinstance(field.type, Computed) else field


def kind(field: FieldDef) -> tuple[Any, ...]:
    """Fields of one kind can be compared, and stand for each other under one key.

    Texts compare in their normalised form, whatever their type; all else as it is stored, so that the
    type and its scale count, and whether a column of its own holds it.
    """
    field = plain(field)
    operators = field.type.operators
    if any(operator.reads == "norm" for operator in operators.values()):
        return ("norm", frozenset(operators))
    column = bool(field.column) and "within" in operators
    part = field.type.comparable_key(field).removeprefix(field.stored_key)
    return (field.type.key, field.type.sql_kind, frozenset(operators), _scale(field), part, column)


def _scale(field: FieldDef) -> Any:
    """Digits after the mark, which the stored integer does not tell."""
    if any(spec.key == "decimals" for spec in field.type.option_specs):
        return field.type.option(field, "decimals")
    return None
