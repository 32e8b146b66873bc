"""What can be wrong with record types and their fields."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from string import Formatter
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from crm_config import traits
from crm_config.compiler import Draft
from crm_config.dependencies import cycles
from crm_config.field_types import registry
from crm_config.field_types.base import CoerceContext, ValueRefused
from crm_config.keys import SYSTEM_KEYS, is_key
from crm_config.problems import Problem

Raw = Mapping[str, Any]


def check_type(raw: Raw, draft: Draft) -> Iterator[Problem]:
    path = ("record_types", raw["key"])
    if not is_key(raw["key"]):
        yield Problem(path, _bad_key())
    yield from _names(raw, path)
    yield from _traits(raw, path)
    keys = [f["key"] for f in raw.get("fields", [])]
    for key, count in Counter(keys).items():
        if count > 1:
            yield Problem((*path, "fields", key), _("There are two fields with this key."))
    known = set(keys) | set(SYSTEM_KEYS)
    yield from _mentions(raw, path, known)
    sections = {s["key"] for s in raw.get("sections", [])}
    for field in raw.get("fields", []):
        yield from check_field(field, raw["key"], sections, draft)


def _bad_key() -> str:
    return _("A key has small letters, digits and single underscores, starting with a letter.")


def _names(raw: Raw, path: tuple[str, ...]) -> Iterator[Problem]:
    if not any(raw.get("labels", {}).values()):
        yield Problem(path, _("Give it a name."))


def _traits(raw: Raw, path: tuple[str, ...]) -> Iterator[Problem]:
    keys = {f["key"]: f for f in raw.get("fields", [])}
    for key in raw.get("traits", []):
        trait = traits.all_traits().get(key)
        if trait is None:
            yield Problem((*path, "traits"), _("There is no trait “%(key)s”.") % {"key": key})
            continue
        for field in trait.fields:
            if keys.get(field["key"], {}).get("type") != field["type"]:
                yield Problem(
                    (*path, "fields", field["key"]),
                    _("The trait %(trait)s needs this field, of kind %(kind)s.")
                    % {"trait": trait.label, "kind": registry.get(field["type"]).label},
                )


def _mentions(raw: Raw, path: tuple[str, ...], known: set[str]) -> Iterator[Problem]:
    """Title, columns and sort name fields that exist and are in use."""
    retired = {f["key"] for f in raw.get("fields", []) if f.get("retired")}
    try:
        titled = [
            name
            for _text, name, _spec, _conv in Formatter().parse(raw.get("title_template", ""))
            if name
        ]
    except ValueError:
        titled = []
        yield Problem((*path, "title_template"), _("The braces do not match."))
    mentioned = {
        "title_template": titled,
        "columns": raw.get("columns", []),
        "sort": [key.removeprefix("-") for key in raw.get("sort", [])],
    }
    for part, keys in mentioned.items():
        for key in keys:
            if key not in known or key in retired:
                yield Problem(
                    (*path, part), _("There is no field “%(key)s” in use.") % {"key": key}
                )


def check_field(raw: Raw, record_type: str, sections: set[str], draft: Draft) -> Iterator[Problem]:
    path = ("record_types", record_type, "fields", raw["key"])
    if not is_key(raw["key"]):
        yield Problem(path, _bad_key())
    if raw["key"] in SYSTEM_KEYS:
        yield Problem(path, _("Every record has a field of this key already: choose another."))
    yield from _names(raw, path)
    if raw.get("section") and raw["section"] not in sections:
        yield Problem(path, _("There is no section “%(key)s”.") % {"key": raw["section"]})
    if raw["type"] not in registry.all_types():
        yield Problem(path, _("There is no kind of field “%(key)s”.") % {"key": raw["type"]})
        return
    yield from _options(raw, path, draft)
    yield from _flags(raw, path)
    yield from _choices(raw, path)
    yield from _default(raw, record_type, path, draft)


def _options(raw: Raw, path: tuple[str, ...], draft: Draft) -> Iterator[Problem]:
    field_type = registry.get(raw["type"])
    options = raw.get("options", {})
    specs = {spec.key: spec for spec in field_type.option_specs}
    for key in options.keys() - specs.keys():
        yield Problem(
            path, _("%(kind)s has no option “%(key)s”.") % {"kind": field_type.label, "key": key}
        )
    for key, spec in specs.items():
        value = options.get(key)
        if value in (None, "", [], {}):
            if spec.required:
                yield Problem(path, _("Fill in “%(option)s”.") % {"option": spec.label})
            continue
        yield from (Problem(path, message) for message in _option_value(spec, value, draft))
    yield from (Problem(path, message) for message in field_type.check_options(options))


def _option_value(spec: Any, value: Any, draft: Draft) -> Iterator[str]:
    kinds: dict[str, Any] = {
        "text": str, "integer": int, "boolean": bool, "choice": str, "keys": list, "field": str,
        "labels": dict, "expression": str, "condition": dict, "list": list,
    }  # fmt: skip
    if not isinstance(value, kinds[spec.kind]) or (
        spec.kind == "integer" and isinstance(value, bool)
    ):
        yield _("“%(option)s” has a value of the wrong kind.") % {"option": spec.label}
        return
    if spec.kind == "integer":
        if spec.minimum is not None and value < spec.minimum:
            yield _("“%(option)s” must be at least %(limit)s.") % {
                "option": spec.label,
                "limit": spec.minimum,
            }
        if spec.maximum is not None and value > spec.maximum:
            yield _("“%(option)s” must be at most %(limit)s.") % {
                "option": spec.label,
                "limit": spec.maximum,
            }
    if spec.kind == "choice" and value not in dict(spec.choices):
        yield _("“%(option)s” cannot be “%(value)s”.") % {"option": spec.label, "value": value}
    if spec.kind == "keys":
        for key in value:
            if key not in draft.types:
                yield _("There is no record type “%(key)s”.") % {"key": key}


def _flags(raw: Raw, path: tuple[str, ...]) -> Iterator[Problem]:
    field_type = registry.get(raw["type"])
    if raw.get("unique") and not field_type.can_be_unique:
        yield Problem(path, _("%(kind)s cannot be unique.") % {"kind": field_type.label})
    if raw.get("sortable") and not field_type.can_sort:
        yield Problem(path, _("Lists cannot be sorted by %(kind)s.") % {"kind": field_type.label})
    if raw.get("searchable") and not field_type.can_search:
        yield Problem(path, _("%(kind)s cannot be searched.") % {"kind": field_type.label})
    if raw.get("required") and field_type.computed:
        yield Problem(path, _("A computed field cannot be required."))


def _choices(raw: Raw, path: tuple[str, ...]) -> Iterator[Problem]:
    choices = raw.get("choices", [])
    if choices and not registry.get(raw["type"]).has_choices:
        yield Problem(path, _("This kind of field has no choices."))
    for key, count in Counter(option["key"] for option in choices).items():
        if not is_key(key):
            yield Problem((*path, "choices", key), _bad_key())
        if count > 1:
            yield Problem((*path, "choices", key), _("There are two choices with this key."))


def _default(raw: Raw, record_type: str, path: tuple[str, ...], draft: Draft) -> Iterable[Problem]:
    if raw.get("default") is None or raw.get("retired"):
        return
    field = draft.snapshot.types[record_type].fields[raw["key"]]
    named = raw["default"]
    if isinstance(named, Mapping) and set(named) == {"dynamic"}:
        if named["dynamic"] not in dict(field.type.dynamic_defaults()):
            yield Problem(path, _("There is no default “%(name)s”.") % {"name": named["dynamic"]})
        return
    context = CoerceContext(now=datetime.now(UTC), tz=ZoneInfo("UTC"))
    try:
        field.type.coerce(field, named, context)
    except ValueRefused as refusal:
        yield Problem(path, _("The default does not fit: %(why)s") % {"why": refusal.message})


def check_cycles(draft: Draft) -> Iterator[Problem]:
    for record_type, key in cycles(draft.snapshot.types):
        yield Problem(
            ("record_types", record_type, "fields", key), _("It is computed from itself.")
        )
