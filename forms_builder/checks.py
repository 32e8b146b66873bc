"""What is wrong with a form, seen together with the rest of the configuration. Each problem names its place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from crm_config.compiler import Draft
from crm_config.conditions.api import ConditionInvalid, parse
from crm_config.conditions.contexts import plain_coercion
from crm_config.definitions import FieldDef, Snapshot, TypeDef
from crm_config.field_types.base import ValueRefused
from crm_config.keys import is_key
from crm_config.problems import Problem
from crm_config.segments import STATIC, segments_of
from forms_builder.definitions import SECTION, FormDef, ItemDef
from forms_builder.engine.fields import fields_of, sources_of
from forms_builder.engine.logic import Broken, context, read
from forms_builder.items.base import Place, wrong_options
from forms_builder.items.linked_field import target_of
from forms_builder.items.registry import ITEMS
from forms_builder.offers import context as offering
from forms_builder.offers import offered_types

#: Kinds of fields that an address can stand in.
ADDRESSES = ("email",)


def wrong(form: FormDef, draft: Draft) -> Iterator[Problem]:
    path = (SECTION, form.key)
    if not is_key(form.key):
        yield Problem(path, _("A key has small letters, digits and single underscores."))
    if form.type not in draft.types:
        yield Problem(path, _("There is no record type “%(key)s”.") % {"key": form.type})
        return
    yield from wrong_steps(form, path)
    for item in form.items.values():
        for message in wrong_item(item, form, draft):
            yield Problem((*path, "items", item.key), message)
    yield from wrong_logic(form, draft)
    for message in (*_settings(form, draft), *_handling(form, draft)):
        yield Problem(path, message)


def wrong_steps(form: FormDef, path: tuple[str, ...]) -> Iterator[Problem]:
    if not form.items:
        yield Problem(path, _("Nothing stands on it yet."))
    for key, count in Counter(step.key for step in form.steps).items():
        if count > 1:
            yield Problem((*path, "steps", key), _("There are two steps with this key."))
    items = (item.key for step in form.steps for item in step.items)
    for key, count in Counter(items).items():
        if not is_key(key):
            message = _("A key has small letters, digits and single underscores.")
            yield Problem((*path, "items", key), message)
        if count > 1:
            yield Problem((*path, "items", key), _("There are two items with this key."))


def wrong_item(item: ItemDef, form: FormDef, draft: Draft) -> Iterator[str]:
    kind = ITEMS.get(item.kind)
    if kind is None or form.channel not in kind.channels:
        yield _("There is no kind of item “%(key)s”.") % {"key": item.kind}
        return
    place = Place(item, form, draft.snapshot)
    wrong_shape = list(wrong_options(kind, item, draft))
    yield from wrong_shape
    if wrong_shape:
        return
    yield from kind.wrong(place, draft)
    yield from _offer(item, form, draft)
    f = kind.field(place)
    if f is None:
        return
    for raw in (item.default, *(rule.value for rule in item.value_set_when)):
        yield from _unfit(f, raw, draft)
    for key in sorted({*(rule.option for rule in item.options_when), *item.capacity}):
        if key not in f.choice_map:
            yield _("“%(raw)s” is not one of the options.") % {"raw": key}


def _unfit(f: FieldDef, raw: Any, draft: Draft) -> Iterator[str]:
    if raw is None or (isinstance(raw, Mapping) and set(raw) == {"dynamic"}):
        return
    try:
        f.type.coerce(f, raw, plain_coercion(draft.snapshot))
    except ValueRefused as refused:
        yield _("“%(field)s”: %(why)s") % {"field": f.label, "why": refused.message}


def _offer(item: ItemDef, form: FormDef, draft: Draft) -> Iterator[str]:
    """Which records a link offers: a condition about them, with the administrators' authority."""
    raw = item.options.get("offer")
    if raw is None:
        return
    for target in offered_types(item, form, draft.snapshot):
        try:
            parse(raw, offering(draft.snapshot, target))
        except ConditionInvalid as invalid:
            yield from (str(problem) for problem in invalid.problems)


def wrong_logic(
    form: FormDef, draft: Draft, path: tuple[str, ...] | None = None
) -> Iterator[Problem]:
    """`path` is that of the whole, where it is no form of its own."""
    try:
        read(form, draft.snapshot)
    except Broken as broken:
        for problem in broken.problems:
            key, _dot, rest = problem.place.partition(".")
            message = f"{rest}: {problem.message}" if rest else problem.message
            part = "items" if key in form.items else "steps"
            yield Problem((*(path or (SECTION, form.key)), part, key), message)


def _settings(form: FormDef, draft: Draft) -> Iterator[str]:
    said = form.settings
    fields = fields_of(form, draft.snapshot)
    for name in ("opens", "closes"):
        if said.get(name) and moment(said[name]) is None:
            yield _("“%(text)s” is no day and no moment.") % {"text": said[name]}
    for key in filter(None, (said.get("opt_in"), said.get("mail", {}).get("to"))):
        if key not in fields or fields[key].type.key not in ADDRESSES:
            yield _("“%(key)s” is no item for an e-mail address.") % {"key": key}
    if said.get("once") and said["once"] not in fields:
        yield _("There is no item “%(key)s”.") % {"key": said["once"]}
    if said.get("mail") and not (said["mail"].get("to") or said.get("opt_in")):
        yield _("Say which item holds the address that the mail goes to.")


def moment(text: str) -> datetime | None:
    """What a setting says: a moment, or the beginning of a day; without a zone, in the company's."""
    try:
        if (found := parse_datetime(text)) is not None:
            return found
        day = parse_date(text)
    except ValueError:
        return None
    return datetime(day.year, day.month, day.day) if day else None


def _handling(form: FormDef, draft: Draft) -> Iterator[str]:
    snapshot, said = draft.snapshot, form.handling
    own = snapshot.types[form.type]
    yield from _known(own, [*said.get("match", ()), *said.get("set", {})])
    yield from _values(own, said.get("set", {}), draft)
    for link in said.get("links", ()):
        target = target_of(own, link["link"], form, snapshot)
        if target is None:
            yield _("“%(key)s” does not link to records.") % {"key": link["link"]}
        else:
            yield from _known(target, [*link.get("match", ()), *link.get("set", {})])
            yield from _values(target, link.get("set", {}), draft)
    yield from _activity(form, draft)
    for route in said.get("routes", ()):
        yield from _route(route, form, draft)
    known = segments_of(snapshot)
    for key in said.get("lists", ()):
        if key not in known or known[key].kind != STATIC:
            yield _("There is no list “%(key)s” that is kept by hand.") % {"key": key}


def _known(record_type: TypeDef, keys: list[str]) -> Iterator[str]:
    for key in keys:
        f = record_type.all_fields.get(key)
        if f is None or not f.editable:
            yield _("There is no field “%(key)s” that can be filled in.") % {"key": key}


def _values(record_type: TypeDef, values: Mapping[str, Any], draft: Draft) -> Iterator[str]:
    for key, raw in values.items():
        if (f := record_type.all_fields.get(key)) is not None:
            yield from _unfit(f, raw, draft)


def _activity(form: FormDef, draft: Draft) -> Iterator[str]:
    said = form.handling.get("activity")
    if not said:
        return
    record_type = draft.snapshot.types.get(said["type"])
    if record_type is None:
        yield _("There is no record type “%(key)s”.") % {"key": said["type"]}
        return
    link = record_type.all_fields.get(said["link"])
    if link is None or link.type.storage != "links":
        yield _("“%(key)s” does not link to records.") % {"key": said["link"]}
    yield from _known(record_type, list(said.get("set", {})))
    yield from _values(record_type, said.get("set", {}), draft)


def _route(route: Mapping[str, Any], form: FormDef, draft: Draft) -> Iterator[str]:
    own = draft.snapshot.types[form.type]
    yield from _known(own, list(route.get("set", {})))
    yield from _values(own, route.get("set", {}), draft)
    if route.get("role") and route["role"] not in {r["key"] for r in draft.payload["roles"]}:
        yield _("There is no role “%(key)s”.") % {"key": route["role"]}
    if route.get("when") is not None:
        try:
            parse(route["when"], context(form, draft.snapshot))
        except ConditionInvalid as invalid:
            yield from (str(problem) for problem in invalid.problems)


def never_filled(form: FormDef, snapshot: Snapshot) -> list[FieldDef]:
    """Required fields that nothing on the form gives a value: all that is sent would be held. It is no problem
    of the configuration, for automations may fill them in; the builder tells it."""
    given = {f.key for f in sources_of(form, snapshot).values() if f.record_type == form.type}
    given |= set(form.handling.get("set", {}))
    given |= {link["link"] for link in form.handling.get("links", ())}
    return [
        f
        for f in snapshot.types[form.type].active
        if f.required and f.key not in given and f.default is None and not f.type.computed
    ]
