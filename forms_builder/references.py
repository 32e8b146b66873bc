"""What a form relies on, as paths in the payload: for "where used", and for what breaks it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from crm_config.conditions.api import Condition, ConditionInvalid, parse
from crm_config.conditions.references import field_path
from crm_config.definitions import FieldDef, Snapshot
from crm_config.references import option_path
from crm_config.sections.base import Path
from forms_builder.definitions import FormDef
from forms_builder.engine.fields import sources_of
from forms_builder.engine.logic import context
from forms_builder.items.base import Place
from forms_builder.items.registry import ITEMS
from forms_builder.offers import context as offering
from forms_builder.offers import offered_types


def named(form: FormDef, snapshot: Snapshot) -> set[Path]:
    """Of what cannot be read nothing is known; the check says so."""
    sources = sources_of(form, snapshot)
    found = {field_path(f) for f in sources.values() if not f.system}
    found |= set(_of_items(form, snapshot, sources))
    found |= set(_offered(form, snapshot))
    for condition in conditions_of(form, snapshot):
        found |= set(asked(condition, sources))
    found |= {("roles", key) for key in form.settings.get("roles", ())}
    found |= {
        option_path(form.type, "stage", key)
        for name in ("stages", "into")
        for key in form.settings.get(name, ())
    }
    return found | set(_of_handling(form, snapshot))


def _of_items(form: FormDef, snapshot: Snapshot, sources: Mapping[str, FieldDef]) -> Iterator[Path]:
    for item in form.items.values():
        kind = ITEMS.get(item.kind)
        if kind is not None:
            yield from (p for p in kind.references(Place(item, form, snapshot)) if all(p))
        f = sources.get(item.key)
        if f is not None and not f.system:
            named = {*(rule.option for rule in item.options_when), *item.capacity}
            for option in sorted(named & set(f.choice_map)):
                yield (*field_path(f), "choices", option)


def _offered(form: FormDef, snapshot: Snapshot) -> Iterator[Path]:
    for item in form.items.values():
        raw = item.options.get("offer")
        for target in offered_types(item, form, snapshot) if raw is not None else ():
            try:
                yield from parse(raw, offering(snapshot, target)).references()
            except ConditionInvalid:
                continue


def conditions_of(form: FormDef, snapshot: Snapshot) -> Iterator[Condition]:
    """All that can be read."""
    where = context(form, snapshot)
    raws = [raw for item in form.items.values() for _place, raw in item.conditions]
    raws += [step.shown_when for step in form.steps]
    raws += [route.get("when") for route in form.handling.get("routes", ())]
    for raw in raws:
        if raw is not None:
            try:
                yield parse(raw, where)
            except ConditionInvalid:
                continue


def asked(condition: Condition, sources: Mapping[str, FieldDef]) -> Iterator[Path]:
    """Conditions name items; what is used is the fields behind them."""
    for path in condition.references():
        source = sources.get(path[3])
        if source is not None and not source.system:
            yield (*field_path(source), *path[4:])


def _of_handling(form: FormDef, snapshot: Snapshot) -> Iterator[Path]:
    said = form.handling
    yield from _fields(form.type, [*said.get("match", ()), *said.get("set", {})], snapshot)
    for link in said.get("links", ()):
        yield from _fields(form.type, [link["link"]], snapshot)
        yield from _fields(
            link.get("type", ""), [*link.get("match", ()), *link.get("set", {})], snapshot
        )
    for route in said.get("routes", ()):
        yield from _fields(form.type, route.get("set", {}), snapshot)
        if route.get("role"):
            yield ("roles", route["role"])
    if activity := said.get("activity"):
        yield ("record_types", activity["type"])
        yield from _fields(activity["type"], [activity["link"], *activity.get("set", {})], snapshot)
    for segment in said.get("lists", ()):
        yield ("segments", segment)


def _fields(record_type: str, keys: Any, snapshot: Snapshot) -> Iterator[Path]:
    known = snapshot.types.get(record_type)
    for key in keys:
        if known is not None and key not in known.system:
            yield ("record_types", record_type, "fields", key)
