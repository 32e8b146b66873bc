"""What triggers and actions are told: one description, from which follow the schema, the check and the form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm_config.conditions.api import Condition, ConditionInvalid, parse, watching
from crm_config.definitions import Snapshot, TypeDef
from crm_config.references import field_path, option_path
from crm_config.schema import KEY
from crm_config.sections.base import Path
from crm_config.segment_finder import find_in
from crm_config.segments import said, segments_of
from workflows.approvals.definitions import processes_of
from workflows.automations.conversions import used_by, wrong_targets
from workflows.automations.sources import read_by, wrong_source

Text = str | Promise

SCHEMAS: Mapping[str, Any] = {
    "text": {"type": "string", "maxLength": 2000},
    "secret": {"type": "string", "maxLength": 200},
    "number": {"type": "integer"},
    "flag": {"type": "boolean"},
    "choice": {"type": "string"},
    "clock": {"type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9]$"},
    "field": KEY,
    "date_field": KEY,
    "fields": {"type": "array", "items": KEY, "uniqueItems": True},
    "file_fields": {"type": "array", "items": KEY, "uniqueItems": True},
    "option": {"type": "string", "maxLength": 100},
    "stage": KEY,
    "type": KEY,
    "link": KEY,
    "role": KEY,
    "segment": KEY,
    "template": KEY,
    "form": KEY,
    "survey": KEY,
    "approval": KEY,
    "user": {"type": "string", "maxLength": 150},
    "users": {"type": "array", "items": {"type": "string", "maxLength": 150}},
    "condition": {"type": "object"},
    "values": {"type": "object"},
    "mapping": {"type": "object"},
    "targets": {"type": "object"},
    "back": {"type": "object"},
    "cases": {"type": "array"},
    "actions": {"type": "array"},
}
CLOCK = re.compile(r"^([01][0-9]|2[0-3]):[0-5][0-9]$")


@dataclass(frozen=True)
class Argument:
    """`of` names the argument that holds the record type which fields are of; empty: the automation's own."""

    name: str
    kind: str
    label: Text
    help: Text = ""
    required: bool = False
    choices: tuple[tuple[str, Text], ...] = ()
    of: str = ""

    @property
    def schema(self) -> dict[str, Any]:
        found = dict(SCHEMAS[self.kind])
        return {**found, "enum": [key for key, _label in self.choices]} if self.choices else found


#: Of whatever shares a secret with another system.
RENEWED = Argument(
    "renewed",
    "number",
    gettext_lazy("Secret renewed"),
    gettext_lazy(
        "How often. Count on to get a new secret: the one before ends with the publication."
    ),
)


def condition_of(raw: Any, snapshot: Snapshot, record_type: TypeDef) -> Condition:
    """Raises `ConditionInvalid`."""
    return parse(raw, watching(snapshot, record_type, find_segment=find_in(snapshot)))


def wrong(
    arguments: Iterable[Argument],
    given: Mapping[str, Any],
    snapshot: Snapshot,
    record_type: TypeDef,
) -> Iterator[str]:
    known = {argument.name: argument for argument in arguments}
    for name in given.keys() - known.keys() - {"kind"}:
        yield _("“%(argument)s” is not for this.") % {"argument": name}
    for argument in known.values():
        value = given.get(argument.name)
        if value in (None, "", [], {}):
            if argument.required:
                yield _("“%(argument)s” is missing.") % {"argument": argument.label}
            continue
        about = snapshot.types.get(given.get(argument.of, "")) if argument.of else record_type
        yield from _wrong(argument, value, snapshot, about, record_type)


def _wrong(
    argument: Argument,
    value: Any,
    snapshot: Snapshot,
    about: TypeDef | None,
    record_type: TypeDef,
) -> Iterator[str]:
    kind = argument.kind
    if argument.choices and value not in dict(argument.choices):
        yield _("“%(key)s” is not among the choices.") % {"key": value}
    elif kind == "type" and value not in snapshot.types:
        yield _("There is no record type “%(key)s”.") % {"key": value}
    elif kind == "role" and value not in snapshot.roles:
        yield _("There is no role “%(key)s”.") % {"key": value}
    elif kind == "segment" and value not in segments_of(snapshot):
        yield _("There is no segment “%(key)s”.") % {"key": value}
    elif kind == "template" and value not in (snapshot.sections.get("templates") or {}):
        yield _("There is no mail template “%(key)s”.") % {"key": value}
    elif kind == "form" and value not in (snapshot.sections.get("forms") or {}):
        yield _("There is no form “%(key)s”.") % {"key": value}
    elif kind == "survey" and value not in (snapshot.sections.get("surveys") or {}):
        yield _("There is no survey “%(key)s”.") % {"key": value}
    elif kind == "approval" and (
        (process := processes_of(snapshot).get(value)) is None
        or about is None
        or process.type != about.key
    ):
        yield _("There is no such approval process of this record type: “%(key)s”.") % {
            "key": value
        }
    elif kind == "clock" and not CLOCK.match(str(value)):
        yield _("“%(time)s” is no time of day.") % {"time": value}
    elif about is None:
        return
    elif kind == "stage":
        yield from _stage(value, about)
    elif kind in ("field", "date_field", "link", "fields", "file_fields"):
        for key in value if isinstance(value, list) else [value]:
            yield from _field(kind, key, about)
    elif kind == "condition":
        yield from _condition(value, snapshot, about)
    elif kind == "cases":
        for case in value:
            yield from _condition(case.get("when"), snapshot, about)
    elif kind == "values":
        for key, source in value.items():
            yield from _field("set", key, about)
            yield from wrong_source(key, source, snapshot, record_type, about.all_fields.get(key))
    elif kind == "targets":
        yield from wrong_targets(value, snapshot, about)
    elif kind == "back":
        for key in value:
            yield from _field("link", key, about)


def _condition(raw: Any, snapshot: Snapshot, about: TypeDef) -> Iterator[str]:
    try:
        condition_of(raw, snapshot, about)
    except ConditionInvalid as invalid:
        yield from said(invalid)


def _stage(key: str, about: TypeDef) -> Iterator[str]:
    field = about.all_fields.get("stage")
    option = field.choice_map.get(key) if field else None
    if option is None:
        yield _("There is no stage “%(key)s”.") % {"key": key}
    elif option.retired:
        yield _("The stage “%(name)s” is closed: no record enters it any more.") % {
            "name": option.label
        }


def _field(kind: str, key: str, about: TypeDef) -> Iterator[str]:
    found = about.all_fields.get(key)
    if found is None:
        yield _("There is no field “%(field)s” of “%(type)s”.") % {"field": key, "type": about.key}
    elif kind == "set" and not found.editable:
        yield _("“%(field)s” cannot be given a value.") % {"field": found.label}
    elif kind == "date_field" and found.type.key not in ("date", "datetime"):
        yield _("“%(field)s” is no date.") % {"field": found.label}
    elif kind == "file_fields" and found.type.key != "file":
        yield _("“%(field)s” holds no files.") % {"field": found.label}
    elif kind == "link" and found.type.storage != "links":
        yield _("“%(field)s” is no link.") % {"field": found.label}


def relied_on(
    arguments: Iterable[Argument],
    given: Mapping[str, Any],
    snapshot: Snapshot,
    record_type: TypeDef,
) -> Iterator[Path]:
    """What the arguments name, as paths in the payload."""
    for argument in arguments:
        value = given.get(argument.name)
        if value in (None, "", [], {}):
            continue
        about = snapshot.types.get(given.get(argument.of, "")) if argument.of else record_type
        places = {
            "type": "record_types",
            "role": "roles",
            "segment": "segments",
            "template": "templates",
            "form": "forms",
            "survey": "surveys",
            "approval": "approvals",
        }
        if argument.kind in places:
            yield places[argument.kind], value
        elif about is None:
            continue
        elif argument.kind == "stage":
            yield option_path(about.key, "stage", value)
        elif argument.kind in ("field", "date_field", "link"):
            yield from _own(about, [value])
        elif argument.kind in ("fields", "file_fields", "values", "back"):
            yield from _own(about, value)
            if argument.kind == "values":
                yield from read_by(value, snapshot, record_type)
        elif argument.kind == "targets":
            yield from used_by(value, snapshot, about)
        elif argument.kind in ("condition", "cases"):
            for raw in [value] if argument.kind == "condition" else [c.get("when") for c in value]:
                yield from _named(raw, snapshot, about)


def _named(raw: Any, snapshot: Snapshot, about: TypeDef) -> Iterator[Path]:
    """Of a condition that cannot be read nothing is known; the check says so."""
    try:
        yield from sorted(condition_of(raw, snapshot, about).references())
    except ConditionInvalid:
        return


def _own(about: TypeDef, keys: Iterable[str]) -> Iterator[Path]:
    for key in keys:
        if key in about.fields:
            yield field_path(about.key, key)
