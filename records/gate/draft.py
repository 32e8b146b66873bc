"""A change on its way through the gate: the record before, the values after, and what was refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from crm_config.definitions import FieldDef, TypeDef
from crm_config.field_types.base import Text
from records.access.scopes import Owned
from records.conversions.context import Converting
from records.conversions.former import Standing as Former
from records.conversions.former import standing
from records.conversions.history import kept
from records.conversions.reading import column_of, loaded
from records.conversions.table import worked_out
from records.gate.change import Change, Outcome, Refusal
from records.models import Record

COLUMNS = ("owner", "team")
STAGE = "stage"
#: What one needs the right to, to give one of these a value.
RIGHTS = {"owner": "assign", "team": "assign", STAGE: "transition"}


@dataclass(eq=False)
class Draft:
    """`before` and `after` hold canonical values by field key, without the empty ones; links as tuples of
    ids; owner and team as ids. `record` is None for one to be created. `former` holds what stands in a
    former form of its field."""

    change: Change
    type: TypeDef | None
    record: Record | None = None
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    given: set[str] = field(default_factory=set)
    former: dict[str, Former] = field(default_factory=dict)
    #: Linked records that the asker does not see, and that stay linked whatever was given.
    unseen: dict[str, tuple[int, ...]] = field(default_factory=dict)
    #: What is to be shared or taken back, see `records.gate.sharing`.
    share: Any = None
    #: The warnings that were met and gone past, with the reason given for it, by the rule's name.
    acknowledged: dict[str, str] = field(default_factory=dict)
    outcome: Outcome = field(init=False)

    def __post_init__(self) -> None:
        self.outcome = Outcome(self.change, id=self.change.id)

    @property
    def action(self) -> str:
        return self.change.action

    @property
    def record_type(self) -> TypeDef:
        """The type, once it is known to exist."""
        if self.type is None:
            raise LookupError(self.change.type)
        return self.type

    @property
    def ok(self) -> bool:
        return not self.outcome.refusals

    @property
    def barred(self) -> bool:
        """Whether the change as a whole was refused, not only what it says of some field."""
        return any(refusal.field is None for refusal in self.outcome.refusals)

    @property
    def refused_fields(self) -> frozenset[str]:
        return frozenset(r.field for r in self.outcome.refusals if r.field is not None)

    @property
    def owner_id(self) -> int | None:
        return self.after.get("owner")

    @property
    def team_id(self) -> int | None:
        return self.after.get("team")

    @property
    def stage(self) -> str | None:
        return self.after.get(STAGE)

    @property
    def was(self) -> Owned:
        """The record before the change, as access looks at it; until it is written, its row stands so."""
        return self.record if self.record is not None else Standing(None, None)

    def refuse(
        self,
        code: str,
        message: Text,
        key: str | None = None,
        *,
        rule: str | None = None,
        **detail: Any,
    ) -> None:
        self.outcome.refusals.append(Refusal(code, message, rule=rule, detail=detail, field=key))

    def changed(self) -> frozenset[str]:
        keys = self.before.keys() | self.after.keys()
        return frozenset(k for k in keys if self.before.get(k) != self.after.get(k))

    @property
    def converted(self) -> frozenset[str]:
        """The fields whose value was read from a former form, and is written in the present one."""
        return frozenset(key for key, found in self.former.items() if found.converted)

    def keeps(self, f: FieldDef) -> bool:
        """Whether nobody gives the field a value or takes one away: what cannot be read stays as it is."""
        held = f.key in self.after or f.key in self.before or f.key in self.given
        return not held and not worked_out(f)

    def put(self, key: str, value: Any) -> None:
        """Set a canonical value; None and () clear."""
        if value is None or value == ():
            self.after.pop(key, None)
        else:
            self.after[key] = value


@dataclass(frozen=True)
class Standing:
    owner_id: int | None
    team_id: int | None


def stored_values(
    record_type: TypeDef, record: Record, links: Mapping[str, tuple[int, ...]]
) -> dict[str, Any]:
    """The canonical values of a stored record, retired fields included: nothing is lost by saving."""
    values: dict[str, Any] = {}
    for f in record_type.fields.values():
        value = load_value(f, record, links)
        if value is not None:
            values[f.key] = value
    if record.owner_id is not None:
        values["owner"] = record.owner_id
    if record.team_id is not None:
        values["team"] = record.team_id
    if record.stage and STAGE in record_type.system:
        values[STAGE] = record.stage
    return values


def load_value(f: FieldDef, record: Record, links: Mapping[str, tuple[int, ...]]) -> Any:
    """One field's value out of a record, or None. One that stands in a former form is converted."""
    if f.column:
        return getattr(record, f.column)
    if f.type.storage == "links":
        return links.get(f.key) or None
    value = loaded(f, column_of(f, record))
    if value is None and f.former and not worked_out(f):
        found = standing(f, record)
        return found.converted.value if found and found.converted else None
    return value


def former_values(record_type: TypeDef, record: Record, context: Converting) -> dict[str, Former]:
    """By field key, what stands in a former form and is not superseded."""
    found = {}
    for f in record_type.fields.values():
        if f.former and not worked_out(f) and loaded(f, column_of(f, record)) is None:
            former = standing(f, record, context)
            if former is not None:
                found[f.key] = former
    return found


def dumped(f: FieldDef | None, value: Any) -> Any:
    """A value as history keeps it: its stored JSON; the parts in one map where there are several."""
    if value is None:
        return None
    if f is None or f.system:
        return value
    return list(value) if f.type.storage == "links" else kept(f, value)
