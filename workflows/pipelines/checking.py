"""What is wrong with the stages and transitions of a pipeline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from crm_config import rules
from crm_config.compiler import Draft
from crm_config.conditions.contexts import plain_coercion
from crm_config.definitions import TypeDef
from crm_config.field_types.base import ValueRefused
from crm_config.keys import is_key
from crm_config.problems import Problem
from crm_config.sections.base import Path
from workflows.pipelines.live import SECTION

Raw = Mapping[str, Any]


def stage_problems(raw: Raw, draft: Draft) -> Iterator[Problem]:
    stages = raw.get("stages", [])
    path: Path = (SECTION, raw["key"])
    if not any(not stage.get("retired") for stage in stages):
        yield Problem(path, _("It needs at least one stage that is in use."))
    seen: set[str] = set()
    keys = {stage["key"] for stage in stages if not stage.get("retired")}
    record_type = draft.snapshot.types[raw["type"]]
    for stage in stages:
        place = (*path, "stages", stage["key"])
        if not is_key(stage["key"]):
            yield Problem(place, _("A key has small letters, digits and single underscores."))
        if stage["key"] in seen:
            yield Problem(place, _("Two stages have this key."))
        seen.add(stage["key"])
        yield from _fields(place, (*stage.get("entry", ()), *stage.get("exit", ())), record_type)
        yield from _checklist(place, stage)
        moved_to = stage.get("moved_to")
        if moved_to and moved_to not in keys:
            yield Problem(place, _("Its records are to go to a stage that is not in use."))


def _checklist(place: Path, stage: Raw) -> Iterator[Problem]:
    keys = [each["key"] for each in stage.get("checklist", ())]
    for key in dict.fromkeys(keys):
        if not is_key(key):
            yield Problem(place, _("A key has small letters, digits and single underscores."))
        if keys.count(key) > 1:
            message = _("The checklist has “%(key)s” twice.")
            yield Problem(place, message % {"key": key})
    if stage.get("all_done") and not keys:
        yield Problem(place, _("Its checklist is to be done, and has nothing on it."))


def transition_problems(raw: Raw, draft: Draft) -> Iterator[Problem]:
    path: Path = (SECTION, raw["key"])
    record_type = draft.snapshot.types[raw["type"]]
    stages = {stage["key"] for stage in raw.get("stages", ())}
    roles = {role["key"] for role in draft.payload.get("roles", ())}
    seen: set[str] = set()
    for transition in raw.get("transitions", ()):
        place = (*path, "transitions", transition["key"])
        if transition["key"] in seen:
            yield Problem(place, _("Two transitions have this key."))
        seen.add(transition["key"])
        for key in (transition["to"], *transition.get("from", ())):
            if key not in stages:
                yield Problem(place, _("There is no stage “%(key)s”.") % {"key": key})
        for key in transition.get("roles", ()):
            if key not in roles:
                yield Problem(place, _("There is no role “%(key)s”.") % {"key": key})
        asked = (*transition.get("fields", ()), *transition.get("sets", {}))
        yield from _fields(place, asked, record_type)
        yield from _values(place, transition.get("sets", {}), draft, record_type)
        for name in ("by", "guard"):
            if transition.get(name):
                for problem in rules.problems(transition[name], draft.snapshot, record_type):
                    yield Problem(place, str(problem))


def _fields(place: Path, keys: tuple[str, ...], record_type: TypeDef) -> Iterator[Problem]:
    """Values can be asked for only in fields that people fill in."""
    for key in keys:
        f = record_type.all_fields.get(key)
        if f is None:
            yield Problem(place, _("There is no field “%(key)s”.") % {"key": key})
        elif not f.editable or key == "stage":
            yield Problem(place, _("“%(field)s” cannot be filled in.") % {"field": f.label})


def _values(place: Path, values: Raw, draft: Draft, record_type: TypeDef) -> Iterator[Problem]:
    """What a move fills in must be a value of its field: it is given at each move."""
    context = plain_coercion(draft.snapshot)
    for key, raw in values.items():
        f = record_type.all_fields.get(key)
        if f is None:
            continue
        try:
            f.type.check_new(f, f.type.coerce(f, raw, context), None)
        except ValueRefused as refusal:
            yield Problem(place, f"{f.label}: {refusal.message}")
