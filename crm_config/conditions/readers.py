"""From the JSON of a value to an operand: one reader per kind of operand."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from crm_config.conditions import calendar
from crm_config.conditions.contexts import Context
from crm_config.conditions.dynamic import (
    DAY_UNITS,
    DYNAMICS,
    INSTANT_UNITS,
    Dynamic,
    DynamicDay,
    DynamicPeople,
    Shift,
)
from crm_config.conditions.operands import (
    Day,
    Instant,
    Literal,
    Nothing,
    OnePerson,
    Operand,
    Pair,
    People,
    Period,
    RelativeDay,
    RelativeInstant,
    Several,
    has_time,
)
from crm_config.conditions.paths import plain
from crm_config.definitions import FieldDef
from crm_config.field_types.base import ValueRefused
from crm_config.norm import norm_of, normalised
from crm_config.operators.base import OperandKind, Operator

#: Options that restrict which values a field takes. An operand may lie outside: "more than 5" is a
#: fair question about numbers from 10 to 20.
RESTRICTING = frozenset(
    {"min", "max", "min_length", "max_length", "regex", "currencies", "allow_negative"}
)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
MISSING = object()


class OperandRefused(Exception):
    """`place` is relative to the value."""

    def __init__(self, message: str, place: str = "") -> None:
        self.message = message
        self.place = place
        super().__init__(message)


@dataclass(frozen=True, eq=False)
class Reading:
    """What a reader knows: the field on the left (of each type that has it) and the operator."""

    context: Context
    fields: Mapping[str, FieldDef]
    operator: Operator

    @property
    def field(self) -> FieldDef:
        """As the operand is read: without what restricts values."""
        found = plain(next(iter(self.fields.values())))
        kept = {k: v for k, v in found.options.items() if k not in RESTRICTING}
        return replace(found, options=kept)

    def value(self, raw: Any) -> Any:
        """A value of the field; raises `OperandRefused` for none."""
        try:
            value = self.field.type.coerce(self.field, raw, self.context.coerce)
        except ValueRefused as refused:
            raise OperandRefused(str(refused.message)) from refused
        if value is None:
            raise OperandRefused(_("Give a value to compare with."))
        return value


def read(reading: Reading, raw: Any) -> Operand:
    """Raises `OperandRefused`. `raw` is `MISSING` where the JSON has no value."""
    return READERS[reading.operator.operand](reading, raw)


def _nothing(reading: Reading, raw: Any) -> Operand:
    if raw is not MISSING and raw is not None:
        raise OperandRefused(_("This operator takes no value."))
    return Nothing()


def _one(reading: Reading, raw: Any) -> Operand:
    dynamic = _dynamic(reading, raw)
    if dynamic is None:
        return _literal(reading, raw)
    return OnePerson(_people(dynamic, reading.field, "user"))


def _many(reading: Reading, raw: Any) -> Operand:
    return Several(tuple(_each(reading, _listed(raw), _member)))


def _member(reading: Reading, raw: Any) -> Operand:
    dynamic = _dynamic(reading, raw)
    if dynamic is None:
        return _literal(reading, raw)
    return People(_people(dynamic, reading.field, "user", "users", "teams"))


def _range(reading: Reading, raw: Any) -> Operand:
    return Pair(*_each(reading, _two(raw), _one))


def _literal(reading: Reading, raw: Any) -> Operand:
    """A comparable; of a field with options, the key of one, retired ones included."""
    if raw is MISSING:
        raise OperandRefused(_("Give a value to compare with."))
    if reading.field.type.has_choices:
        if not any(isinstance(raw, str) and raw in f.choice_map for f in reading.fields.values()):
            raise OperandRefused(_("“%(raw)s” is not one of the options.") % {"raw": raw})
        return Literal(raw, raw)
    comparable = reading.field.type.comparable(reading.field, reading.value(raw))
    if comparable is None:
        raise OperandRefused(_("This value cannot be compared: its currency has no rate."))
    return Literal(comparable, raw)


def _text(reading: Reading, raw: Any) -> Operand:
    """A whole text, read as the field would read it where that is possible."""
    text = _plain_text(reading, raw)
    try:
        whole = norm_of(reading.field, reading.value(text))
    except OperandRefused:
        whole = normalised(text.strip())
    return Literal(_said(whole), raw)


def _texts(reading: Reading, raw: Any) -> Operand:
    return Several(tuple(_each(reading, _listed(raw), _text)))


def _part(reading: Reading, raw: Any) -> Operand:
    return Literal(_said(normalised(_plain_text(reading, raw))), raw)


def _plain_text(reading: Reading, raw: Any) -> str:
    if not isinstance(raw, str):
        raise OperandRefused(_("Give a text."))
    limit = reading.context.limits.text
    if len(raw) > limit:
        raise OperandRefused(_("Use at most %(limit)s characters.") % {"limit": limit})
    # Half a surrogate pair, and the character that no database takes, can be in JSON, never in a record.
    return raw.encode(errors="ignore").decode().replace("\0", "")


def _said(text: str) -> str:
    if not text:
        raise OperandRefused(_("Give a text."))
    return text


def _moment(reading: Reading, raw: Any) -> Operand:
    dynamic = _dynamic(reading, raw)
    if dynamic is not None:
        return _relative(reading, dynamic, raw)
    if raw is MISSING:
        raise OperandRefused(_("Give a day, such as 2026-01-31."))
    return _fixed(reading, raw)


def _fixed(reading: Reading, raw: Any) -> Operand:
    """A day stands for all of it, also against a point in time."""
    field = reading.field
    if not has_time(field):
        return Day(field, reading.value(raw))
    if isinstance(raw, str) and _DAY.match(raw.strip()):
        reading.value(raw)
        return Day(field, date.fromisoformat(raw.strip()))
    return Instant(reading.value(raw))


def _relative(reading: Reading, dynamic: Dynamic, raw: Mapping[str, Any]) -> Operand:
    timed = has_time(reading.field)
    if isinstance(dynamic, DynamicDay):
        return RelativeDay(reading.field, dynamic, _shift(reading, raw, DAY_UNITS))
    if dynamic.yields != "instant" or not timed:
        raise _unfit(dynamic)
    return RelativeInstant(dynamic, _shift(reading, raw, INSTANT_UNITS + DAY_UNITS))


def _moments(reading: Reading, raw: Any) -> Operand:
    return Several(tuple(_each(reading, _listed(raw), _moment)))


def _moment_range(reading: Reading, raw: Any) -> Operand:
    return Pair(*_each(reading, _two(raw), _moment))


def _period(reading: Reading, raw: Any) -> Operand:
    if "today" not in reading.context.dynamics:
        raise OperandRefused(_("Relative dates cannot be used here."))
    if isinstance(raw, str) and raw in calendar.PERIODS:
        return Period(reading.field, raw)
    if isinstance(raw, Mapping) and len(raw) == 1:
        ((key, count),) = raw.items()
        if key in calendar.COUNTED and _is_count(count, reading.context.limits.offset):
            return Period(reading.field, key, count)
    raise OperandRefused(
        _('Give a period, such as "this_week" or {"last_days": 30}; one of: %(periods)s.')
        % {"periods": ", ".join((*calendar.PERIODS, *calendar.COUNTED))}
    )


def _is_count(count: Any, most: int) -> bool:
    return isinstance(count, int) and not isinstance(count, bool) and 1 <= count <= most


def _records(reading: Reading, raw: Any) -> Operand:
    return Several(tuple(_each(reading, _listed(raw), _record)))


def _record(reading: Reading, raw: Any) -> Operand:
    """The id of a record that one of the links may point at."""
    snapshot = reading.context.snapshot
    if not isinstance(raw, int) or isinstance(raw, bool):
        raise OperandRefused(_("Give the number of a record."))
    targets = {key for f in reading.fields.values() for key in f.options.get("targets", ())}
    ranges = [snapshot.types[key] for key in targets if key in snapshot.types]
    if not any(t.first_id <= raw < t.end_id for t in ranges):
        raise OperandRefused(_("This link does not lead to records of that type."))
    return Literal(raw, raw)


def _dynamic(reading: Reading, raw: Any) -> Dynamic | None:
    """The dynamic operand that the JSON names; None for a literal."""
    if not isinstance(raw, Mapping) or "dynamic" not in raw:
        return None
    key = raw["dynamic"]
    if not isinstance(key, str) or key not in DYNAMICS:
        raise OperandRefused(
            _("There is no “%(key)s”. Known: %(known)s.")
            % {"key": key, "known": ", ".join(sorted(reading.context.dynamics))},
            ".dynamic",
        )
    if key not in reading.context.dynamics:
        raise OperandRefused(_("“%(key)s” cannot be used here.") % {"key": key}, ".dynamic")
    found = DYNAMICS[key]
    known = {"dynamic"} if isinstance(found, DynamicPeople) else {"dynamic", "add"}
    if surplus := set(raw) - known:
        raise OperandRefused(_("“%(key)s” is not known here.") % {"key": min(map(str, surplus))})
    return found


def _people(dynamic: Dynamic, field: FieldDef, *yields: str) -> DynamicPeople:
    """People fit fields of their kind: `me` a user, `my_teams` a team."""
    kind = "team" if dynamic.yields == "teams" else "user"
    if isinstance(dynamic, DynamicPeople) and dynamic.yields in yields and field.type.key == kind:
        return dynamic
    raise _unfit(dynamic)


def _unfit(dynamic: Dynamic) -> OperandRefused:
    return OperandRefused(
        _("“%(key)s” does not fit this field.") % {"key": dynamic.key}, ".dynamic"
    )


def _shift(reading: Reading, raw: Mapping[str, Any], units: tuple[str, ...]) -> Shift:
    added = raw.get("add", {})
    if not isinstance(added, Mapping):
        raise OperandRefused(_('Write what to add as {"days": -30}.'), ".add")
    most = reading.context.limits.offset
    for unit, count in added.items():
        if unit not in units:
            raise OperandRefused(
                _("Add one of: %(units)s.") % {"units": ", ".join(units)}, f".add.{unit}"
            )
        if not isinstance(count, int) or isinstance(count, bool) or abs(count) > most:
            raise OperandRefused(
                _("Give a whole number of at most %(most)s.") % {"most": most}, f".add.{unit}"
            )
    return tuple(sorted(added.items()))


def _listed(raw: Any) -> list[Any]:
    """A list; one value alone is a list of one."""
    values = raw if isinstance(raw, list) else [raw]
    if raw is MISSING or raw is None or not values:
        raise OperandRefused(_("Give at least one value."))
    return values


def _two(raw: Any) -> list[Any]:
    if not isinstance(raw, list) or len(raw) != 2:
        raise OperandRefused(_("Give two values, the lower one first."))
    return raw


def _each(
    reading: Reading, raw: list[Any], reader: Callable[[Reading, Any], Operand]
) -> list[Operand]:
    limit = reading.context.limits.values
    if len(raw) > limit:
        raise OperandRefused(_("Give at most %(limit)s values.") % {"limit": limit})
    found: list[Operand] = []
    for index, item in enumerate(raw):
        try:
            found.append(reader(reading, item))
        except OperandRefused as refused:
            raise OperandRefused(refused.message, f"[{index}]{refused.place}") from refused
    return found


READERS: Mapping[OperandKind, Callable[[Reading, Any], Operand]] = {
    "none": _nothing,
    "one": _one,
    "many": _many,
    "range": _range,
    "text": _text,
    "texts": _texts,
    "part": _part,
    "moment": _moment,
    "moments": _moments,
    "moment_range": _moment_range,
    "period": _period,
    "records": _records,
}
