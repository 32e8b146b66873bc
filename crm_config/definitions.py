"""The published configuration as frozen values. This is all that the running system reads.

Compiled from a snapshot's payload by `crm_config.compiler`; reached through `crm_config.live.live()`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from string import Formatter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from crm_config import labels

if TYPE_CHECKING:
    from crm_config.field_types.base import FieldType

EMPTY: Mapping[str, Any] = MappingProxyType({})


def nothing() -> Mapping[str, Any]:
    return EMPTY


#: Bits of a record id that hold the serial within its type; the type's number stands above them.
SERIAL_BITS = 40
MAX_TYPE_NUMBER = 8191

ACTIONS = (
    "view",
    "create",
    "change",
    "delete",
    "transition",
    "assign",
    "export",
    "import",
    "share",
)
SCOPES = ("none", "own", "participant", "team", "team_below", "all", "condition")
FIELD_ACCESS = ("hidden", "read", "write")


@dataclass(frozen=True)
class OptionDef:
    key: str
    labels: Mapping[str, str]
    colour: str = ""
    retired: bool = False

    @property
    def label(self) -> str:
        return labels.text(self.labels, default=self.key)


@dataclass(frozen=True)
class SectionDef:
    key: str
    labels: Mapping[str, str]

    @property
    def label(self) -> str:
        return labels.text(self.labels, default=self.key)


@dataclass(frozen=True)
class FormerKey:
    """Where a field's values stood while they had another form, in the versions from `since` to `until`."""

    key: str
    since: int
    until: int


@dataclass(frozen=True, eq=False)
class FieldDef:
    """One field of one record type. `type` is the field type's singleton: `field.type.coerce(field, …)`.

    `column` is set for the fields that every record has as a real column (title, owner, …); their
    values are not in `data`. `depends_on` holds the (type, field) pairs that a computed field reads,
    transitively: who may not read one of those may not read this one.

    `stored` is the key of `data` where it is not the field's own: since version `since`, in which the field
    came or its values took another form. What stood before that, and is not converted yet or cannot be,
    stands under the `former` keys, newest first.
    """

    record_type: str
    key: str
    type: FieldType
    labels: Mapping[str, str]
    options: Mapping[str, Any] = field(default_factory=nothing)
    choices: tuple[OptionDef, ...] = ()
    help: Mapping[str, str] = field(default_factory=nothing)
    placeholder: Mapping[str, str] = field(default_factory=nothing)
    section: str = ""
    required: bool = False
    unique: bool = False
    default: Any = None
    filterable: bool = False
    sortable: bool = False
    searchable: bool = False
    personal: bool = False
    readonly_after_creation: bool = False
    retired: bool = False
    column: str = ""
    depends_on: frozenset[tuple[str, str]] = frozenset()
    stored: str = ""
    since: int = 0
    former: tuple[FormerKey, ...] = ()

    @property
    def label(self) -> str:
        return labels.text(self.labels, default=self.key)

    @property
    def stored_key(self) -> str:
        """The key of `data` (and the beginning of those of its parts) under which values are stored."""
        return self.stored or self.key

    @property
    def system(self) -> bool:
        return bool(self.column)

    @property
    def editable(self) -> bool:
        """Whether people and imports may give it a value (subject to rights)."""
        return not (
            self.retired or self.type.computed or (self.system and self.key not in EDITABLE_SYSTEM)
        )

    @cached_property
    def choice_map(self) -> Mapping[str, OptionDef]:
        return {option.key: option for option in self.choices}

    def __repr__(self) -> str:
        return f"<FieldDef {self.record_type}.{self.key} {self.type.key}>"


EDITABLE_SYSTEM = frozenset({"owner", "team", "stage"})


@dataclass(frozen=True, eq=False)
class TypeDef:
    """One record type. `fields` holds the active and retired fields in order; `system` those every record has."""

    key: str
    number: int
    labels: Mapping[str, str]
    plural: Mapping[str, str]
    fields: Mapping[str, FieldDef]
    system: Mapping[str, FieldDef]
    sections: tuple[SectionDef, ...] = ()
    icon: str = "doc-empty"
    colour: str = ""
    description: Mapping[str, str] = field(default_factory=nothing)
    title_template: str = ""
    columns: tuple[str, ...] = ()
    sort: tuple[str, ...] = ("-modified_at",)
    menu_group: str = ""
    menu_order: int = 100
    traits: frozenset[str] = frozenset()
    retired: bool = False

    @property
    def label(self) -> str:
        return labels.text(self.labels, default=self.key)

    @property
    def plural_label(self) -> str:
        return labels.text(self.plural, default=self.label)

    @cached_property
    def active(self) -> tuple[FieldDef, ...]:
        """The fields in use, in order, without the system's."""
        return tuple(f for f in self.fields.values() if not f.retired)

    @cached_property
    def all_fields(self) -> Mapping[str, FieldDef]:
        """System fields and the fields in use, by key."""
        return {**self.system, **{f.key: f for f in self.active}}

    @cached_property
    def title_fields(self) -> tuple[str, ...]:
        """The keys that the title template reads."""
        return tuple(name for _, name, _, _ in Formatter().parse(self.title_template) if name)

    def field(self, key: str) -> FieldDef:
        """Raises `KeyError` for a field that the type does not have or that is retired."""
        return self.all_fields[key]

    @property
    def first_id(self) -> int:
        return self.number << SERIAL_BITS

    @property
    def end_id(self) -> int:
        """Exclusive."""
        return (self.number + 1) << SERIAL_BITS

    def __repr__(self) -> str:
        return f"<TypeDef {self.key}>"


@dataclass(frozen=True)
class ReverseLink:
    """The far side of a link field: what a target's page shows as a related list."""

    key: str
    labels: Mapping[str, str]
    field: FieldDef
    targets: frozenset[str]

    @property
    def label(self) -> str:
        return labels.text(self.labels, default=self.key)


@dataclass(frozen=True, eq=False)
class GrantDef:
    """`condition`, the JSON of one over the type's records, belongs to the scope `condition` alone."""

    record_type: str
    action: str
    scope: str
    condition: Any = None


@dataclass(frozen=True, eq=False)
class RoleDef:
    """`grants[(type, action)]` and `fields[(type, field)]`; what is not there is not granted.

    A field without an entry takes the type's view and change grants: read if the record may be viewed,
    write if it may be changed. Where `field_conditions` has an entry too, the right holds on the records
    that fit it; on others this role gives none.
    """

    key: str
    labels: Mapping[str, str]
    grants: Mapping[tuple[str, str], GrantDef] = field(default_factory=dict)
    fields: Mapping[tuple[str, str], str] = field(default_factory=dict)
    administers: bool = False
    field_conditions: Mapping[tuple[str, str], Any] = field(default_factory=dict)

    @property
    def label(self) -> str:
        return labels.text(self.labels, default=self.key)


@dataclass(frozen=True)
class CompanyDef:
    name: str = ""
    time_zone: str = "UTC"
    base_currency: str = "EUR"
    languages: tuple[str, ...] = ("en",)
    two_person: bool = False


@dataclass(frozen=True, eq=False)
class Snapshot:
    """One published version of the whole configuration."""

    version: int
    company: CompanyDef
    types: Mapping[str, TypeDef]
    roles: Mapping[str, RoleDef]
    reverse_links: Mapping[str, tuple[ReverseLink, ...]]
    sections: Mapping[str, Any] = field(default_factory=nothing)

    @cached_property
    def memo(self) -> dict[Any, Any]:
        """What is worked out once for this version; each user's keys begin with its own name."""
        return {}

    @cached_property
    def by_number(self) -> Mapping[int, TypeDef]:
        return {t.number: t for t in self.types.values()}

    @cached_property
    def active_types(self) -> tuple[TypeDef, ...]:
        """The types in use, in menu order."""
        return tuple(
            sorted(
                (t for t in self.types.values() if not t.retired),
                key=lambda t: (t.menu_order, t.key),
            )
        )

    def type_of(self, record_id: int) -> TypeDef:
        """The type that a record id belongs to. Raises `KeyError` for an id of no known type."""
        return self.by_number[record_id >> SERIAL_BITS]
