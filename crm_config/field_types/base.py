"""What a field type is: one small class per kind of value, found by its key.

A value has four shapes, and a field type converts between them:

- **raw**: whatever came in from a form, a file or the API (text, number, dict, …);
- **value**: the canonical Python value (`Decimal`, `date`, `str`, …), or None when empty;
- **stored**: plain JSON under the field's stored key (and `key__part` keys) in the record's `data`;
- **shown**: text or HTML for a person, in the active language and time zone; or JSON for the API.

`coerce` takes raw or value and gives value, so it can be applied twice;
`load(dump(value)) == value`; `coerce(to_text(value)) == value`; `coerce(to_json(value)) == value`.
The showing methods take a value that is not empty: callers ask `is_empty` first.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Literal
from zoneinfo import ZoneInfo

from django import forms
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from crm_config.definitions import FieldDef

if TYPE_CHECKING:
    from crm_config.operators.base import Operator

Json = None | bool | int | float | str | list[Any] | dict[str, Any]
Text = str | Promise


class ValueRefused(Exception):
    """A raw value that this field cannot take. `code` is stable, `message` says what to do."""

    def __init__(self, code: str, message: Text) -> None:
        self.code = code
        self.message = message
        super().__init__(str(message))


def no_rate(currency: str, on: date) -> Decimal | None:
    return None


@dataclass(frozen=True)
class CoerceContext:
    """What coercion may know about the moment: who, when, where, and how numbers and dates are read.

    `date_order` (`ymd`, `dmy`, `mdy`) and `decimal_mark` say how text is to be read; by default
    only ISO dates and a decimal point are taken. `rate(currency, on)` gives units of the base
    currency for one unit of `currency`, or None when unknown.
    """

    now: datetime
    tz: ZoneInfo
    me: int | None = None
    base_currency: str = "EUR"
    rate: Callable[[str, date], Decimal | None] = no_rate
    date_order: Literal["ymd", "dmy", "mdy"] = "ymd"
    decimal_mark: Literal[".", ","] = "."
    phone_region: str | None = None
    my_team: int | None = None

    @property
    def today(self) -> date:
        return self.now.astimezone(self.tz).date()


@dataclass(frozen=True)
class LinkLabel:
    """How a linked record shows. `title` is empty and `visible` False if the reader may not see it."""

    id: int
    title: str
    type: str
    visible: bool = True


@dataclass
class Names:
    """Names of the users, teams, records and files that a page's values point at, fetched at once."""

    users: dict[int, str] = field(default_factory=dict)
    teams: dict[int, str] = field(default_factory=dict)
    records: dict[int, LinkLabel] = field(default_factory=dict)
    files: dict[int, str] = field(default_factory=dict)
    record_url: Callable[[int], str] | None = None


@dataclass(frozen=True)
class OptionSpec:
    """One option of a field type, as the studio offers it and a pack may hold it.

    `kind`: `text`, `integer`, `boolean`, `choice`, `keys` (record types), `field` (a field's key),
    `labels` (a text per language), `expression`, `condition`, `list`.
    """

    key: str
    kind: Literal[
        "text",
        "integer",
        "boolean",
        "choice",
        "keys",
        "field",
        "labels",
        "expression",
        "condition",
        "list",
    ]
    label: Text
    help: Text = ""
    default: Any = None
    choices: Sequence[tuple[str, Text]] = ()
    required: bool = False
    minimum: int | None = None
    maximum: int | None = None


Storage = Literal["data", "long_data", "links", "column"]
SqlKind = Literal["text", "bigint", "boolean", "array", "none"]


class FieldType:
    """Base of all field types. Subclasses set the class attributes and override what differs."""

    key: ClassVar[str]
    label: ClassVar[Text]
    description: ClassVar[Text]
    example: ClassVar[str] = ""
    icon: ClassVar[str] = "edit"
    group: ClassVar[
        Literal["text", "number", "time", "choice", "contact", "link", "file", "computed"]
    ] = "text"
    option_specs: ClassVar[tuple[OptionSpec, ...]] = ()
    computed: ClassVar[bool] = False
    can_be_unique: ClassVar[bool] = False

    # A computed type takes these from its result's type, see `bound`.
    storage: Storage = "data"
    #: How one comparable value is read out of `data` in SQL, and so how it is indexed.
    sql_kind: SqlKind = "text"
    has_choices: bool = False
    can_sort: bool = True
    can_search: bool = False
    #: Right-aligned with tabular figures in lists.
    numeric: bool = False
    operators: Mapping[str, Operator] = MappingProxyType({})

    @property
    def kind(self) -> str:
        """Key of the type that the values are of: of a bound computed type, its result's."""
        return self.key

    def bound(self, options: Mapping[str, Any]) -> FieldType:
        """The type as a field with these options has it: the compiler puts this in `FieldDef.type`.

        Only computed types differ: bound to their result's type, they store and show as it does.
        """
        return self

    # -- configuration -------------------------------------------------------------------------

    def check_options(self, options: Mapping[str, Any]) -> Iterable[str]:
        """Messages for options that do not fit; kinds and limits are checked from the specs."""
        return ()

    def option(self, field: FieldDef, key: str) -> Any:
        """The field's option, or its default."""
        value = field.options.get(key)
        if value is None:
            value = next(spec.default for spec in self.option_specs if spec.key == key)
        return value

    def dynamic_defaults(self) -> tuple[tuple[str, Text], ...]:
        """Names that a default may be besides a literal: `("today", "Today")`."""
        return ()

    def default(self, field: FieldDef, context: CoerceContext) -> Any:
        """The value a new record starts with. A default is a raw value or `{"dynamic": name}`."""
        raw = field.default
        if raw is None:
            return None
        if isinstance(raw, Mapping) and set(raw) == {"dynamic"}:
            return self.dynamic_default(field, raw["dynamic"], context)
        return self.coerce(field, raw, context)

    def dynamic_default(self, field: FieldDef, name: str, context: CoerceContext) -> Any:
        return None

    # -- values --------------------------------------------------------------------------------

    def coerce(self, field: FieldDef, raw: Any, context: CoerceContext) -> Any:
        """Raw or value to value; None when empty. Raises `ValueRefused`."""
        return None if is_blank(raw) else self.read(field, raw, context)

    def read(self, field: FieldDef, raw: Any, context: CoerceContext) -> Any:
        """What `coerce` does with a raw value that is not blank. Raises `ValueRefused`."""
        raise NotImplementedError

    def check_new(self, field: FieldDef, value: Any, current: Any) -> None:
        """Raise `ValueRefused` where a value may stand but not be given anew, as a retired option.

        The gate calls it for a value that changes; `current` is the value until now, or None.
        """

    def is_empty(self, value: Any) -> bool:
        return value is None

    def dump(self, field: FieldDef, value: Any) -> dict[str, Json]:
        """Value to the keys it takes in `data`: `field.stored_key`, and `stored_key__part` for parts."""
        return {} if value is None else {field.stored_key: value}

    def load(self, field: FieldDef, data: Mapping[str, Any]) -> Any:
        """The value out of `data`, or None."""
        return data.get(field.stored_key)

    def parts(self, field: FieldDef) -> tuple[str, ...]:
        """Every key of `data` that this field may write."""
        return (field.stored_key,)

    def shape(self, field: FieldDef) -> str:
        """Names the form in which values are stored. Where a change of the configuration changes it, they
        are stored under another key from then on, and those that stand are converted."""
        return self.kind

    def comparable_key(self, field: FieldDef) -> str:
        """The key of `data` that conditions, sorting and indexes read."""
        return field.stored_key

    def comparable(self, field: FieldDef, value: Any) -> Any:
        """The value as it stands under `comparable_key`."""
        return self.dump(field, value).get(self.comparable_key(field))

    def from_comparable(self, field: FieldDef, comparable: Any) -> Any:
        """The value for a comparable that SQL gave, such as a sum or a maximum; None for None."""
        return self.load(field, {self.comparable_key(field): comparable})

    def unique_text(self, field: FieldDef, value: Any) -> str:
        """What must not occur twice among the records of a type, when the field is unique."""
        return str(self.comparable(field, value)).casefold()

    def search_text(self, field: FieldDef, value: Any) -> str:
        """What a search finds it by; stored NFKC-casefolded in `norm`."""
        return self.to_text(field, value)

    # -- showing -------------------------------------------------------------------------------

    def display(self, field: FieldDef, value: Any, names: Names) -> str:
        """Plain text for a person, in the active language and time zone."""
        return str(value)

    def render(self, field: FieldDef, value: Any, names: Names) -> SafeString | str:
        """HTML for lists and record pages; must escape what it did not make."""
        return escape(self.display(field, value, names))

    def to_text(self, field: FieldDef, value: Any) -> str:
        """Text for a file, which `coerce` takes back."""
        return str(value)

    def to_json(self, field: FieldDef, value: Any) -> Json:
        """JSON for the API, which `coerce` takes back."""
        return value

    def json_schema(self, field: FieldDef) -> dict[str, Any]:
        return {"type": "string"}

    # -- forms ---------------------------------------------------------------------------------

    def form_field(self, field: FieldDef, **kwargs: Any) -> forms.Field:
        """A Django form field whose cleaned value `coerce` takes.

        `kwargs` (label, help_text, required, initial …) are prepared by the caller; `initial` is
        what `form_initial` gave, so that options no longer in use stay choosable where they stand.
        """
        return forms.CharField(**kwargs)

    def form_initial(self, field: FieldDef, value: Any) -> Any:
        """The value as the form field wants its initial."""
        return value

    # -- tests and samples ---------------------------------------------------------------------

    def random_value(self, field: FieldDef, rng: random.Random) -> Any:
        """A valid value, never empty, drawn over the whole range the field allows."""
        raise NotImplementedError


def is_blank(raw: object) -> bool:
    """Whether a raw value says nothing: None, white space, or a collection without members."""
    if isinstance(raw, str):
        return not raw.strip()
    return raw is None or (isinstance(raw, list | tuple | set | frozenset | dict) and not raw)


REQUIRED_MESSAGE = _("Enter a value.")
