"""Random configurations, records and conditions, drawn from one `random.Random`.

Field types come from the registry and operands from their own random values, so that a type or an
operator that is added later is compared too.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q

from crm_config.compiler import compile_payload
from crm_config.conditions import calendar
from crm_config.conditions.api import Context, Standpoint, StoredSubject, Subject
from crm_config.conditions.contexts import plain_coercion, ruling
from crm_config.conditions.dynamic import DAY_UNITS, DYNAMICS, INSTANT_UNITS
from crm_config.conditions.operands import has_time
from crm_config.conditions.parse_related import COUNTING
from crm_config.conditions.paths import fields_of, is_link, plain, relation
from crm_config.definitions import FieldDef, Snapshot, TypeDef
from crm_config.expressions import unelided
from crm_config.field_types import registry
from crm_config.norm import keeps_norm, norm_of, normalised
from crm_config.operators.base import Operator
from records import partitions
from records.models import Record, RecordLink

TYPES = ("company", "person", "deal")
NUMBERS = {key: number for number, key in enumerate(TYPES, start=1)}
OPTIONS = ("a", "b", "it_services", "x_1")
ZONES = ("UTC", "Europe/Bucharest", "America/New_York", "America/Sao_Paulo", "Asia/Kathmandu")
NOWS = (
    datetime(2026, 3, 29, 0, 30, tzinfo=UTC),
    datetime(2026, 10, 25, 0, 59, tzinfo=UTC),
    datetime(2024, 2, 29, 23, 59, 59, 999_999, tzinfo=UTC),
    datetime(2026, 12, 31, 22, 30, tzinfo=UTC),
    datetime(2018, 11, 4, 3, 30, tzinfo=UTC),
)


# -- configuration ------------------------------------------------------------------------------


def snapshot(rng: random.Random) -> Snapshot:
    payload = {
        "company": {"name": "Aegean Optics", "time_zone": rng.choice(ZONES)},
        "record_types": [_type(key, rng) for key in TYPES],
    }
    return compile_payload(payload, version=1, numbers=NUMBERS)


def _type(key: str, rng: random.Random) -> dict[str, Any]:
    """Some field types, the same keys in all record types, so that paths over several meet them."""
    plain_types = [k for k, t in registry.all_types().items() if t.storage != "links"]
    drawn = rng.sample(plain_types, 9)
    fields = [_field(f"f_{type_key}", type_key, rng) for type_key in sorted(drawn)]
    fields += [_field("shared", rng.choice(("text", "text", "integer")), rng)]
    fields += [_link(name, rng) for name in ("parent", f"{key}_peers")]
    return {"key": key, "labels": {"en": key}, "fields": fields, "title_template": "{shared}"}


def _field(key: str, type_key: str, rng: random.Random) -> dict[str, Any]:
    raw: dict[str, Any] = {"key": key, "type": type_key, "labels": {"en": key}, "filterable": True}
    if type_key in ("choice", "multi_choice"):
        raw["choices"] = [{"key": o, "labels": {"en": o}, "retired": o == "b"} for o in OPTIONS]
    if type_key in ("decimal", "percent"):
        raw["options"] = {"decimals": rng.choice((0, 2, 4))}
    if type_key == "formula":
        kinds = ("text", "integer", "decimal", "date", "boolean")
        raw["options"] = {"expression": "1", "result_type": rng.choice(kinds)}
    return raw


def _link(key: str, rng: random.Random) -> dict[str, Any]:
    options = {
        "targets": rng.sample(TYPES, rng.choice((1, 1, 2, 3))),
        "multiple": rng.random() < 0.5,
    }
    return {"key": key, "type": "link", "labels": {"en": key}, "options": options}


# -- records ------------------------------------------------------------------------------------


@dataclass
class Row:
    """A record as it is stored, with the ids that its links hold."""

    type: TypeDef
    id: int
    owner: int | None
    team: int | None
    at: datetime
    archived: bool
    title: str
    data: dict[str, Any] = field(default_factory=dict)
    long_data: dict[str, Any] = field(default_factory=dict)
    norms: dict[str, str] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    links: dict[str, list[int]] = field(default_factory=dict)


@dataclass
class World:
    snapshot: Snapshot
    rows: dict[int, Row]
    users: Sequence[int]
    teams: Sequence[int]

    def of(self, record_type: TypeDef) -> list[Row]:
        return [row for row in self.rows.values() if row.type is record_type]

    def subjects(self) -> dict[int, StoredSubject]:
        """All records as the Python evaluator sees them, linked to each other."""
        found = {row.id: _subject(row) for row in self.rows.values()}
        back: dict[int, dict[tuple[str, str], list[Subject]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for row in self.rows.values():
            found[row.id].links = {k: [found[i] for i in ids] for k, ids in row.links.items()}
            for key, ids in row.links.items():
                for target in ids:
                    back[target][row.type.key, key].append(found[row.id])
        for pk, subject in found.items():
            subject.backlinks = back[pk]
        return found


def _subject(row: Row) -> StoredSubject:
    stored = row.at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    columns = {
        "title": row.title,
        "owner": row.owner,
        "team": row.team,
        "created_at": stored,
        "modified_at": stored,
        "archived_at": stored if row.archived else None,
    }
    return StoredSubject(row.type, row.id, row.data, row.long_data, row.norms, columns)


def one_type(type_key: str, rng: random.Random) -> Snapshot:
    """One record type with one field, `f`."""
    record_type = {"key": "company", "labels": {}, "fields": [_field("f", type_key, rng)]}
    return compile_payload({"record_types": [record_type]}, version=1, numbers=NUMBERS)


def world(rng: random.Random, users: Sequence[int], teams: Sequence[int], *, size: int) -> World:
    return world_of(snapshot(rng), rng, users, teams, size=size)


def world_of(
    config: Snapshot,
    rng: random.Random,
    users: Sequence[int],
    teams: Sequence[int],
    *,
    size: int,
) -> World:
    found = World(config, {}, users, teams)
    for record_type in found.snapshot.types.values():
        for serial in range(1, size + 1):
            row = _row(record_type, record_type.first_id + serial, found, rng)
            found.rows[row.id] = row
    for row in found.rows.values():
        _tie(row, found, rng)
    return found


def _row(record_type: TypeDef, pk: int, world: World, rng: random.Random) -> Row:
    row = Row(
        type=record_type,
        id=pk,
        owner=rng.choice((None, *world.users)),
        team=rng.choice((None, *world.teams)),
        at=rng.choice(NOWS) + timedelta(microseconds=rng.choice((-1, 0, 1, 3_600_000_000))),
        archived=rng.random() < 0.2,
        title=rng.choice(("", "İSTANBUL", "50 % _ off")),
    )
    if row.title:
        row.norms["title"] = normalised(row.title)
    for f in record_type.active:
        if not is_link(f) and rng.random() < 0.7:
            _put(row, f, rng.choice((f.type.random_value(f, rng), _common(f, rng))))
    return row


def _common(f: FieldDef, rng: random.Random) -> Any:
    """A value that other records and operands are likely to have too."""
    return f.type.random_value(f, random.Random(rng.choice((1, 2, 3))))


def _put(row: Row, f: FieldDef, value: Any) -> None:
    row.values[f.key] = value
    column = row.long_data if f.type.storage == "long_data" else row.data
    column.update({k: v for k, v in f.type.dump(f, value).items() if v is not None})
    if keeps_norm(f) and (text := norm_of(f, value)):
        row.norms[f.key] = text


def _tie(row: Row, world: World, rng: random.Random) -> None:
    for f in row.type.active:
        if is_link(f) and rng.random() < 0.8:
            targets = [r.id for r in world.rows.values() if r.type.key in f.options["targets"]]
            most = 3 if f.options["multiple"] else 1
            row.links[f.key] = sorted(rng.sample(targets, rng.randint(1, most)))


def stored(found: World, *, people: bool = True) -> None:
    """Put the records into the database, instead of those that are there; without `people`, nobody's."""
    partitions.ensure(found.snapshot.types.values())
    Record.unscoped.all().delete()
    if not people:
        for row in found.rows.values():
            row.owner = row.team = None
    Record.unscoped.bulk_create(map(_stored, found.rows.values()))
    RecordLink.objects.bulk_create(
        RecordLink(source_id=row.id, field=key, target_id=target)
        for row in found.rows.values()
        for key, ids in row.links.items()
        for target in ids
    )


def _stored(row: Row) -> Record:
    return Record(
        pk=row.id,
        type=row.type.key,
        title=row.title,
        owner_id=row.owner,
        team_id=row.team,
        created_at=row.at,
        modified_at=row.at,
        archived_at=row.at if row.archived else None,
        data=row.data,
        long_data=row.long_data,
        norm=row.norms,
    )


# -- from where ---------------------------------------------------------------------------------


def standpoint(world: World, rng: random.Random) -> Standpoint:
    return Standpoint(
        now=rng.choice(NOWS),
        tz=ZoneInfo(world.snapshot.company.time_zone),
        me=rng.choice((None, *world.users)),
        my_teams=frozenset(rng.sample(world.teams, rng.randint(0, len(world.teams)))),
        my_reports=frozenset(rng.sample(world.users, rng.randint(0, len(world.users)))),
    )


@dataclass(frozen=True)
class OwnedBy:
    """Sees the records of some owners; of one type all, or none. Reads the fields of some keys only where it is
    one of some other owners who owns."""

    owners: tuple[int, ...]
    all_of: str
    none_of: str
    keys: frozenset[str] = frozenset()
    readers: tuple[int, ...] = ()

    def q(self, record_type: TypeDef) -> Q | None:
        if record_type.key == self.all_of:
            return None
        if record_type.key == self.none_of:
            return Q(pk__in=[])
        return Q(owner_id__in=self.owners)

    def sees(self, subject: Subject) -> bool:
        if subject.type.key == self.all_of:
            return True
        return subject.type.key != self.none_of and subject.value("owner") in self.owners

    def field_q(self, f: FieldDef) -> Q | None:
        if f.key not in self.keys:
            return None
        return unelided(Q(owner_id__in=self.readers))

    def reads(self, f: FieldDef, subject: Subject) -> bool:
        return f.key not in self.keys or subject.value("owner") in self.readers


def context(world: World, record_type: TypeDef, rng: random.Random) -> Context:
    found = ruling(world.snapshot, record_type, coerce=plain_coercion(world.snapshot))
    if rng.random() < 0.5:
        return found
    owners = tuple(rng.sample(world.users, rng.randint(0, len(world.users))))
    readers = tuple(rng.sample(world.users, rng.randint(0, len(world.users))))
    keys = sorted({f.key for t in world.snapshot.types.values() for f in t.active} | {"title"})
    guarded = frozenset(rng.sample(keys, rng.randint(0, len(keys))))
    reach = OwnedBy(owners, rng.choice(("", *TYPES)), rng.choice(("", *TYPES)), guarded, readers)
    hidden = rng.choice((("", ""), ("company", "parent"), ("person", "shared")))
    return replace(found, reach=reach, readable=lambda f: (f.record_type, f.key) != hidden)


# -- conditions ---------------------------------------------------------------------------------


class NoCondition(Exception):
    """What was drawn does not exist here; draw again."""


@dataclass
class Trees:
    """Draws conditions as JSON. Types are those that can stand where the condition does."""

    world: World
    context: Context
    rng: random.Random

    def tree(self, types: tuple[TypeDef, ...], *, depth: int = 3, relations: int = 2) -> Any:
        for _attempt in range(50):
            try:
                return self._tree(types, depth, relations)
            except (NoCondition, LookupError):
                continue
        return {"all": []}

    def _tree(self, types: tuple[TypeDef, ...], depth: int, relations: int) -> Any:
        kind = self.rng.choice(("all", "any", "not", "related", *["field"] * 6))
        if kind == "field" or depth == 0:
            return self._comparison(types)
        if kind == "related" and relations:
            return self._related(types, depth, relations)
        if kind == "not":
            return {"not": self.tree(types, depth=depth - 1, relations=relations)}
        count = self.rng.choice((0, 1, 2, 2, 3))
        key = "any" if kind == "any" else "all"
        parts = [self.tree(types, depth=depth - 1, relations=relations) for _ in range(count)]
        return {key: parts}

    def _path(self, types: tuple[TypeDef, ...]) -> tuple[str, dict[str, FieldDef]]:
        """A field and the fields it may mean, over links now and then."""
        hops: list[str] = []
        while len(hops) < 2 and self.rng.random() < 0.35:
            key = self.rng.choice([f.key for t in types for f in t.active if is_link(f)])
            links = fields_of(types, key, self.context.readable)
            hops.append(key)
            targets = {t for f in links.values() for t in f.options["targets"]}
            types = tuple(self.world.snapshot.types[k] for k in sorted(targets))
        key = self.rng.choice([k for t in types for k in t.all_fields])
        return ".".join([*hops, key]), fields_of(types, key, self.context.readable)

    def _comparison(self, types: tuple[TypeDef, ...]) -> Any:
        text, fields = self._path(types)
        found = next(iter(fields.values()))
        if not found.type.operators:
            raise NoCondition
        operator = self.rng.choice(list(found.type.operators.values()))
        leaf = {"field": text, "op": operator.key}
        if operator.symbol and self.rng.random() < 0.3:
            other, _fields = self._path(types)
            return {**leaf, "value": {"field": self.rng.choice((other, text))}}
        return {**leaf, **self.value(found, operator)}

    def value(self, found: FieldDef, operator: Operator) -> dict[str, Any]:
        if operator.operand == "none":
            return {}
        return {"value": DRAWS[operator.operand](self, found)}

    def literal(self, found: FieldDef) -> Any:
        """The value of a record, or a fresh one, as the API would give it."""
        if found.column:
            return self._of_column(found)
        if found.type.has_choices:
            return self.rng.choice(OPTIONS)
        stored = [r.values[found.key] for r in self.world.rows.values() if found.key in r.values]
        fresh = (found.type.random_value(found, self.rng), _common(found, self.rng))
        same = [v for v in stored if type(v) is type(fresh[0])]
        value = self.rng.choice((*fresh, *same, *same))
        if found.type.key == "money":
            return {"amount": str(value.base or 0), "currency": "EUR"}
        return found.type.to_json(found, value)

    def _of_column(self, found: FieldDef) -> Any:
        row = self.rng.choice(list(self.world.rows.values()))
        if "within" in found.type.operators:
            return row.at.isoformat()
        if found.type.key == "text":
            return row.title or "x"
        return self.rng.choice((row.owner, row.team, *self.world.users)) or 1

    def one(self, found: FieldDef) -> Any:
        if plain(found).type.key == "user" and self.rng.random() < 0.4:
            return {"dynamic": "me"}
        return self.literal(found)

    def member(self, found: FieldDef) -> Any:
        people = {"user": ("me", "my_reports"), "team": ("my_teams",)}.get(plain(found).type.key)
        if people and self.rng.random() < 0.5:
            return {"dynamic": self.rng.choice(people)}
        return self.literal(found)

    def text(self, found: FieldDef) -> str:
        """Of the record's text a piece, in other letters, or something nasty."""
        texts = [row.norms[found.key] for row in self.world.rows.values() if found.key in row.norms]
        if not texts or self.rng.random() < 0.2:
            return self.rng.choice(("%", "_", "\\", "İ", "SS", "ß", "'", '"', "a", "Ž"))
        drawn = self.rng.choice(texts)[:400]
        start = self.rng.randint(0, len(drawn) - 1)
        piece = self.rng.choice(
            (drawn, drawn[start:], drawn[: start + 1], drawn[start : start + 2])
        )
        return self.rng.choice((piece, piece.upper()))

    def moment(self, found: FieldDef) -> Any:
        if self.rng.random() < 0.4:
            value = self.literal(found)
            return value[:10] if self.rng.random() < 0.5 else value
        timed = has_time(plain(found))
        fitting = [k for k, d in DYNAMICS.items() if d.yields == "day" or (timed and k == "now")]
        dynamic = self.rng.choice(fitting)
        units = (*INSTANT_UNITS, *DAY_UNITS) if dynamic == "now" else DAY_UNITS
        shift = {
            u: self.rng.choice((-10_000, -1, 0, 1, 30)) for u in units if self.rng.random() < 0.3
        }
        return {"dynamic": dynamic, "add": shift} if shift else {"dynamic": dynamic}

    def period(self, found: FieldDef) -> Any:
        counted = {self.rng.choice(list(calendar.COUNTED)): self.rng.choice((1, 30, 10_000))}
        return self.rng.choice((*calendar.PERIODS, counted))

    def records(self, found: FieldDef) -> list[int]:
        ids = [r.id for r in self.world.rows.values() if r.type.key in found.options["targets"]]
        return self.rng.sample(ids, 3)

    def _related(self, types: tuple[TypeDef, ...], depth: int, relations: int) -> Any:
        snapshot = self.world.snapshot
        keys = [f.key for t in types for f in t.active if is_link(f)]
        keys += [r.key for t in types for r in snapshot.reverse_links.get(t.key, ())]
        key = self.rng.choice(keys)
        far = relation(key, types, snapshot, self.context.readable).far
        where = self.tree(far, depth=depth - 1, relations=relations - 1)
        node = {"related": key, "where": where}
        asked = self.rng.choice(("some", "none", "all", "count", "sum", "min", "max"))
        if asked in ("some", "none", "all"):
            return {**node, asked: True}
        if asked == "count":
            operator = self.rng.choice(list(COUNTING.values()))
            pair = sorted(self.rng.choices((0, 1, 2, 5), k=2))
            value = pair if operator.operand == "range" else pair[0]
            return {**node, "count": {"op": operator.key, "value": value}}
        return {**node, asked: self._figure(far, sums=asked == "sum")}

    def _figure(self, far: tuple[TypeDef, ...], *, sums: bool) -> dict[str, Any]:
        fields = [f for t in far for f in t.all_fields.values() if "gte" in f.type.operators]
        found = self.rng.choice([f for f in fields if f.type.numeric or not sums])
        unfit = ("none", "many", "moments")
        operators = [o for o in found.type.operators.values() if o.operand not in unfit]
        operator = self.rng.choice(operators)
        return {"field": found.key, "op": operator.key, **self.value(found, operator)}


def _listed(draw: Any) -> Any:
    def several(trees: Trees, found: FieldDef) -> list[Any]:
        return [draw(trees, found) for _ in range(trees.rng.choice((1, 2, 3)))]

    return several


def _paired(draw: Any) -> Any:
    return lambda trees, found: [draw(trees, found), draw(trees, found)]


DRAWS: Mapping[str, Any] = {
    "one": Trees.one,
    "many": _listed(Trees.member),
    "range": _paired(Trees.one),
    "text": Trees.text,
    "texts": _listed(Trees.text),
    "part": Trees.text,
    "moment": Trees.moment,
    "moments": _listed(Trees.moment),
    "moment_range": _paired(Trees.moment),
    "period": Trees.period,
    "records": Trees.records,
}
