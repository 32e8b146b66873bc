"""How the columns of a file become fields: frozen values, read from and written to JSON.

Every change of a value on its way from the file to a record stands here, so that it can be read,
reviewed and repeated; `docs/import.md` describes the JSON.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Any, Literal

from django.utils.translation import gettext as _

from crm_config import labels
from records.imports.errors import MappingRefused
from records.imports.settings import FileSettings

FORMAT = 1
Mode = Literal["create", "update", "both"]
MODES: tuple[Mode, ...] = ("create", "update", "both")
DATE_ORDERS = ("ymd", "dmy", "mdy")
DECIMAL_MARKS = (".", ",")
EMPTIES = ("keep", "clear")
#: The record's number in this system, as exports hold it: matched by, never written.
ID = "id"


@dataclass(frozen=True)
class ColumnMap:
    """One column, or a constant `value`, and the field it goes to (`field`, or `field.part`).

    `by` says what links, users and teams are found by, tried in that order; `create` makes those that
    are not found; `read_as` takes a text for another (for nothing, where that is empty).
    """

    field: str
    column: str = ""
    value: Any = None
    by: tuple[str, ...] = ()
    create: bool = False
    currency: str = ""
    read_as: Mapping[str, Any] = dataclass_field(default_factory=dict)

    @property
    def key(self) -> str:
        return self.field.partition(".")[0]

    @property
    def part(self) -> str:
        return self.field.partition(".")[2]

    @property
    def constant(self) -> bool:
        return not self.column

    def dump(self) -> dict[str, Any]:
        raw: dict[str, Any] = {"value": self.value} if self.constant else {"column": self.column}
        raw["field"] = self.field
        if self.by:
            raw["by"] = list(self.by)
        if self.create:
            raw["create"] = True
        if self.currency:
            raw["currency"] = self.currency
        if self.read_as:
            raw["read_as"] = dict(self.read_as)
        return raw


@dataclass(frozen=True)
class Remark:
    """Something to report of rows that fit a condition, without refusing them."""

    key: str
    labels: Mapping[str, str]
    where: Any

    @property
    def label(self) -> str:
        return labels.text(self.labels, default=self.key)

    def dump(self) -> dict[str, Any]:
        return {"key": self.key, "labels": dict(self.labels), "where": self.where}


@dataclass(frozen=True)
class ImportMapping:
    """`match` are the fields by which a row finds the record it is about; `empty` says whether an empty
    cell keeps or clears what that record has."""

    type: str
    columns: tuple[ColumnMap, ...] = ()
    match: tuple[str, ...] = ()
    mode: Mode = "create"
    date_order: str = "ymd"
    decimal_mark: str = "."
    phone_region: str = ""
    empty: str = "keep"
    remarks: tuple[Remark, ...] = ()
    file: FileSettings = dataclass_field(default_factory=FileSettings)

    def of_field(self, key: str) -> tuple[ColumnMap, ...]:
        return tuple(column for column in self.columns if column.key == key)

    def dump(self) -> dict[str, Any]:
        raw: dict[str, Any] = {
            "format": FORMAT,
            "type": self.type,
            "file": self.file.dump(),
            "reading": {"date_order": self.date_order, "decimal_mark": self.decimal_mark},
            "match": {"on": list(self.match), "mode": self.mode},
            "empty": self.empty,
            "columns": [column.dump() for column in self.columns],
        }
        if self.phone_region:
            raw["reading"]["phone_region"] = self.phone_region
        if self.remarks:
            raw["remarks"] = [remark.dump() for remark in self.remarks]
        return raw


def load(raw: Any) -> ImportMapping:
    """A mapping from its JSON. Raises `MappingRefused` where its shape is wrong; whether it fits its
    type and file is asked by `records.imports.fitting`."""
    problems: list[str] = []
    reader = _Reader(raw if isinstance(raw, Mapping) else {}, problems)
    if not isinstance(raw, Mapping):
        problems.append(_("A mapping is a JSON object."))
    elif raw.get("format") != FORMAT:
        problems.append(_("“format” must be %(format)s.") % {"format": FORMAT})
    mapping = reader.mapping()
    if problems:
        raise MappingRefused(problems)
    return mapping


KNOWN = {"format", "type", "name", "file", "reading", "match", "empty", "columns", "remarks"}
READING = {"date_order", "decimal_mark", "phone_region"}
COLUMN = {"column", "value", "field", "by", "create", "currency", "read_as"}


@dataclass
class _Reader:
    """Takes a raw mapping apart, and notes what does not fit."""

    raw: Mapping[str, Any]
    problems: list[str]

    def mapping(self) -> ImportMapping:
        self._known("", self.raw, KNOWN)
        reading = self._object("reading", READING)
        match = self._object("match", {"on", "mode"})
        return ImportMapping(
            type=self._text("type", self.raw.get("type")),
            columns=tuple(self._column(each) for each in self._list("columns", self.raw)),
            match=tuple(str(key) for key in self._list("on", match)),
            mode=self._choice("mode", match.get("mode", "create"), MODES),
            date_order=self._choice("date_order", reading.get("date_order", "ymd"), DATE_ORDERS),
            decimal_mark=self._choice(
                "decimal_mark", reading.get("decimal_mark", "."), DECIMAL_MARKS
            ),
            phone_region=str(reading.get("phone_region") or ""),
            empty=self._choice("empty", self.raw.get("empty", "keep"), EMPTIES),
            remarks=tuple(self._remark(each) for each in self._list("remarks", self.raw)),
            file=self._file(),
        )

    def _known(self, where: str, raw: Mapping[str, Any], known: set[str]) -> None:
        for key in sorted(raw.keys() - known):
            name = f"{where}.{key}" if where else key
            self.problems.append(_("There is no setting “%(key)s”.") % {"key": name})

    def _object(self, key: str, known: set[str]) -> Mapping[str, Any]:
        value = self.raw.get(key, {})
        if not isinstance(value, Mapping):
            self.problems.append(_("“%(key)s” must be an object.") % {"key": key})
            return {}
        self._known(key, value, known)
        return value

    def _list(self, key: str, raw: Mapping[str, Any]) -> Sequence[Any]:
        value = raw.get(key, [])
        if not isinstance(value, list | tuple):
            self.problems.append(_("“%(key)s” must be a list.") % {"key": key})
            return []
        return value

    def _text(self, key: str, value: Any) -> str:
        if not isinstance(value, str) or not value:
            self.problems.append(_("“%(key)s” must be a text.") % {"key": key})
            return ""
        return value

    def _choice(self, key: str, value: Any, choices: Sequence[Any]) -> Any:
        if value not in choices:
            self.problems.append(
                _("“%(key)s” must be one of: %(choices)s.")
                % {"key": key, "choices": ", ".join(choices)}
            )
            return choices[0]
        return value

    def _column(self, raw: Any) -> ColumnMap:
        if not isinstance(raw, Mapping):
            self.problems.append(_("Each of “columns” must be an object."))
            return ColumnMap("")
        self._known("columns", raw, COLUMN)
        if ("column" in raw) == ("value" in raw):
            self.problems.append(_("Each of “columns” names either a column or a value."))
        by = raw.get("by", ())
        read_as = raw.get("read_as", {})
        if not isinstance(read_as, Mapping):
            self.problems.append(_("“%(key)s” must be an object.") % {"key": "read_as"})
            read_as = {}
        return ColumnMap(
            field=self._text("field", raw.get("field")),
            column=str(raw.get("column") or ""),
            value=raw.get("value"),
            by=(by,) if isinstance(by, str) else tuple(str(each) for each in by),
            create=raw.get("create") is True,
            currency=str(raw.get("currency") or ""),
            read_as={str(key): value for key, value in read_as.items()},
        )

    def _remark(self, raw: Any) -> Remark:
        if not isinstance(raw, Mapping) or not raw.get("key") or not raw.get("where"):
            self.problems.append(_("Each of “remarks” has a key, labels and a condition (where)."))
            return Remark("", {}, {})
        return Remark(str(raw["key"]), dict(raw.get("labels") or {}), raw["where"])

    def _file(self) -> FileSettings:
        raw = self._object("file", {"format", "encoding", "delimiter", "sheet", "heading_row"})
        return FileSettings.load(
            {key: raw[key] for key in raw if key in FileSettings.__annotations__}
        )
